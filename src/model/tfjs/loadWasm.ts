import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../../errors.js';
import { registerTrainingKernels } from './kernels/trainingKernels.js';

/** WebAssembly SIMD (XNNPACK) on one thread, completed for training. */
export async function loadWasm(): Promise<void> {
  await import('@tensorflow/tfjs-backend-wasm');
  registerTrainingKernels();
  const running = tf.engine().registry.wasm as BackendWasm | undefined;
  const { wasm } = running ?? (await start());
  refuseNullPointers(wasm as unknown as Allocator);
}

/** By hand, since `tf.setBackend` would make it the current one at a moment when another engine may be at work. */
async function start(): Promise<BackendWasm> {
  const backend = (await tf.findBackendFactory('wasm')()) as BackendWasm;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend);
  return backend;
}

/** A part of emscripten's module that its types leave out. */
interface Allocator {
  _malloc(bytes: number): number;
}

/** emscripten's malloc answers 0 when the memory is full; the backend would go on and write there. */
function refuseNullPointers(wasm: Allocator): void {
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address !== 0) return address;
    throw new EngineError({
      code: 'ENGINE_UNSUPPORTED',
      problem: 'the wasm backend has run out of its 2 GiB of memory',
      advice: 'Use smaller batches, a smaller network, or the tensorflow backend.',
    });
  };
}
