// `npm start`: the main job. Builds first where the build is missing (install scripts may be blocked).
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../dist/program/main.js', import.meta.url))) await import('./build.js');
await import('../bin/millrace.js');
