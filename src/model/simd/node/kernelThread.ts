// A worker thread of the engine: it serves until the engine ends, or until something fails, which it tells the others.
import { parentPort, workerData } from 'node:worker_threads';
import { instantiateHere } from '../instantiate.js';
import { JobMemory } from '../jobMemory.js';
import type { KernelThreadData } from '../kernelHost.js';

const { module, memory, thread } = workerData as KernelThreadData;
const kernels = instantiateHere(module, memory);
parentPort!.postMessage('ready');
try {
  kernels.serve(thread);
} finally {
  // Also after a trap: those that wait for this thread must not wait any longer.
  new JobMemory(memory.buffer).end();
}
