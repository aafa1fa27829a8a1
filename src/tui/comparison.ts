import type { LossHistory } from './lossHistory.js';

/** Losses that are drawn behind the run's own: of the notebook, of PyTorch, of an earlier run. */
export interface Comparison {
  readonly name: string;
  /** Training loss of each epoch, mean squared error. */
  readonly epochs: readonly { readonly epoch: number; readonly loss: number }[];
  /** Where it is an earlier run, its losses step by step. */
  readonly history?: LossHistory;
}
