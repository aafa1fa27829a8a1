import type { Kernel } from './memory/operations.js';

/** One kernel call of a program, before its addresses are written. */
export interface KernelCall {
  readonly layers: string;
  readonly pass: 'forward' | 'backward' | 'update';
  readonly kernel: Kernel;
  /** What lies in the four lanes. */
  readonly lanes: string;
  /** Memory it reads or writes for an image beside its input and output: weights, mostly. */
  readonly bytes: number;
  /** For an image, nothing skipped. */
  readonly multiplyAdds: number;
  /** It takes all images of a tile at once. */
  readonly isWhole?: boolean;
  /** Writes the operation for a thread. @returns its address */
  readonly write: (thread: number) => number;
}
