// The code of each thread as an asset, with what it depends on: a user's bundle has it copied beside it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { licences } from './licences.js';

/** @param dist the compiled sources @param folder of the assets */
export async function bundleThreads(dist, folder) {
  const kernel = await bundle(join(dist, 'model/simd/node/kernelThread.js'), folder);
  const run = await bundle(join(dist, 'run/thread/runThread.js'), folder);
  await writeFile(join(folder, 'LICENSES.txt'), licences([...kernel, ...run]));
}

async function bundle(input, dir) {
  // TensorFlow.js is imported when it is asked for, in a chunk of its own: it may be missing where it is not.
  const bundle = await rolldown({ input, external: [/^@tensorflow\//], platform: 'node' });
  const { output } = await bundle.write({
    dir,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  });
  await bundle.close();
  return output;
}
