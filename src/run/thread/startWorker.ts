import { Worker } from 'node:worker_threads';
import type { RunThread } from './runInWorker.js';

/**
 * A thread for one run. It loads what a run needs at once and waits for `runInWorker` to say which; its owner terminates it.
 * @param options.hasStdin the run reads the stdin that it is given
 */
export function startWorker({ hasStdin }: { readonly hasStdin: boolean }): RunThread {
  return new Worker(new URL('./worker.js', import.meta.url), { stdin: hasStdin });
}
