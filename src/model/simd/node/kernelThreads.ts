import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { assetUrl } from '../../../files/assets.js';
import type { SharedMemory } from '../instantiate.js';
import type { KernelThreadData, RunningThreads } from '../kernelHost.js';

/** The engine's other threads. They keep no process alive. */
export class KernelThreads implements RunningThreads {
  readonly #workers: readonly Worker[];
  #isLost = false;
  #isClosed = false;

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    for (const worker of workers) {
      worker.on('error', () => this.#lose());
      worker.on('exit', () => this.#lose());
      worker.unref();
    }
  }

  /** Starts threads 1 to `threads` − 1 and waits until they are ready. */
  static async start(module: object, memory: SharedMemory, threads: number): Promise<KernelThreads> {
    const workers = Array.from({ length: threads - 1 }, (_, index) => {
      const workerData: KernelThreadData = { module, memory, thread: index + 1 };
      // Flags of the process, such as a loader's, are none of its business, and some of them no thread may have.
      return new Worker(kernelThread(), { workerData, execArgv: [] });
    });
    try {
      await Promise.all(workers.map((worker) => once(worker, 'message')));
    } catch (error) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw error;
    }
    return new KernelThreads(workers);
  }

  /** One of them has ended though no one closed it. */
  get isLost(): boolean {
    return this.#isLost;
  }

  close(): void {
    this.#isClosed = true;
    for (const worker of this.#workers) void worker.terminate();
  }

  #lose(): void {
    if (!this.#isClosed) this.#isLost = true;
  }
}

function kernelThread(): URL {
  return assetUrl('kernelThread.mjs', new URL('../../../assets/kernelThread.mjs', import.meta.url));
}
