// What the planner has to know of activations.
import type { Activation } from '../../activations.js';

interface PlannedActivation {
  /** The convolution's kernels compute it: no value is below. @default a kernel of its own, on the output where it lies */
  readonly floor?: number;
  /**
   * It goes down as well as up. Its gradient does not follow from what comes out, so that its kernel keeps its derivative; and what is
   * largest before it need not be after it, so that it comes before a pooling. @default false
   */
  readonly turns?: boolean;
  /** The squared error computes it on its way. @default false */
  readonly joinsLoss?: boolean;
}

export const plannedActivations: Readonly<Record<Activation, PlannedActivation>> = {
  linear: { floor: Number.NEGATIVE_INFINITY, joinsLoss: true },
  relu: { floor: 0, joinsLoss: true },
  tanh: { joinsLoss: true },
  sigmoid: { joinsLoss: true },
  leakyRelu: {},
  elu: {},
  gelu: { turns: true },
  silu: { turns: true },
};
