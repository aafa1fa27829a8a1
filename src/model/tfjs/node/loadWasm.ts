import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerTrainingKernels } from '../kernels/trainingKernels.js';
import { outOfMemory } from '../outOfMemory.js';

/**
 * WebAssembly SIMD (XNNPACK) on one thread, completed for training.
 * @throws whatever TensorFlow.js throws
 */
export async function loadWasm(): Promise<void> {
  // TensorFlow.js would speak of a server, and emscripten on stderr.
  if (!('WebAssembly' in globalThis)) throw new Error('WebAssembly is missing here');
  await import('@tensorflow/tfjs-backend-wasm');
  registerTrainingKernels();
  const running = tf.engine().registry.wasm as BackendWasm | undefined;
  const { wasm } = running ?? (await start());
  refuseNullPointers(wasm as unknown as Allocator);
}

/** By hand, since `tf.setBackend` would make it the current one at a moment when another engine may be at work. */
async function start(): Promise<BackendWasm> {
  const backend = (await withoutNewListeners(() => tf.findBackendFactory('wasm')())) as BackendWasm;
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend);
  return backend;
}

/** A part of emscripten's module that its types leave out. */
interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** emscripten's malloc answers 0 when the memory is full; the backend would go on and write there. */
function refuseNullPointers(wasm: Allocator): void {
  // A first call, since that puts the real function in the place of its stand-in.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0) throw outOfMemory();
    return address;
  };
}

/** emscripten would handle the whole process's uncaught errors: a user's own handler would run, and the process end anyway. */
async function withoutNewListeners<R>(work: () => R | Promise<R>): Promise<R> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    return await work();
  } finally {
    for (const [index, event] of events.entries())
      for (const listener of process.rawListeners(event))
        if (!before[index]?.has(listener)) process.off(event, listener as (...values: unknown[]) => void);
  }
}
