import type { Activation } from '../../model/activations.js';

/** As much of a layer as says what follows its sums. */
export interface ActivationKeys {
  readonly activation?: Activation | undefined;
  readonly negativeSlope?: number | undefined;
}
