// The code of each thread as a file that needs no other of ours: a user's bundle has it copied beside it.
import { build } from 'esbuild';

/** @param {string} dist the compiled sources @param {string} target a folder */
export async function bundleThreads(dist, target) {
  await bundle(`${dist}/model/simd/node/kernelThread.js`, target);
  // What a run imports when it is asked for, such as TensorFlow.js, is in chunks: it may be missing where it is not asked for.
  await bundle(`${dist}/run/thread/runThread.js`, target, { splitting: true, chunkNames: 'chunks/[name]-[hash]' });
}

function bundle(entry, target, options = {}) {
  return build({
    entryPoints: [entry],
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@tensorflow/*'],
    logLevel: 'warning',
    ...options,
  });
}
