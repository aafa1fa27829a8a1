import { execFileSync } from 'node:child_process';

/** Tests with real processes and workers run the build, so it has to be the build of these sources. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
