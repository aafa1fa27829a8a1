// Compiles src into dist, puts the assets there, bundles the program and writes the event schema. `npm ci` runs it through `prepare`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));

// An installed package has no sources: it was built before it was packed.
if (existsSync(path('src'))) {
  rmSync(path('dist'), { recursive: true, force: true });
  const compiler = path('node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', path('tsconfig.build.json')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const { ACTIVATIONS } = await import(new URL('dist/model/activations.js', root).href);
  const { writeActivations } = await import('./writeActivations.js');
  writeActivations(path('src/model/simd/assembly/elementwise/activations.ts'), ACTIVATIONS);
  const { compileKernels } = await import('./compileKernels.js');
  await compileKernels(path('.'), path('dist/assets'));
  cpSync(path('data/mnist-sample'), path('dist/assets/mnist-sample'), { recursive: true });
  const { bundleThreads } = await import('./bundleThreads.js');
  await bundleThreads(path('dist'), path('dist/assets'));
  const { bundleProgram } = await import('./bundleProgram.js');
  await bundleProgram(path('dist'));
  const { eventsSchema } = await import(new URL('dist/events/jsonSchema.js', root).href);
  await writeFile(path('dist/events.schema.json'), `${JSON.stringify(eventsSchema(), null, 2)}\n`);
}
