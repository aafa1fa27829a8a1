import type { Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerSlots } from '../../engine.js';

/** What makes the weights of a model learn. */
export interface LayersOptimizer {
  /** One update of all weights. @param gradients by their names; a weight without one stays as it is */
  update(gradients: ReadonlyMap<string, Tensor>, learningRate: number): void;
  /** What it remembers: tensors by the names of the weights. */
  slots(): OptimizerSlots;
  /** @param step updates done until then */
  setSlots(slots: OptimizerSlots, step: number): void;
  /** What `slots` leaves out: a phrase for people. */
  readonly notSaved: string | undefined;
}
