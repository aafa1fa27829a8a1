// What the engine needs of the platform that it runs on: threads that work on its memory.
import type { SharedMemory } from './instantiate.js';

/** What each of the engine's other threads gets. */
export interface KernelThreadData {
  readonly module: object;
  readonly memory: SharedMemory;
  /** Its number; 0 is the engine's own thread. */
  readonly thread: number;
}

/** The engine's other threads, which have been started. */
export interface RunningThreads {
  /** One of them has ended though no one closed it. */
  readonly isLost: boolean;
  close(): void;
}
