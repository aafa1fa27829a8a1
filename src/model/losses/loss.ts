// What a loss is: two formulas for one value. The loss of a batch is the mean over all its values.

/** How far a value is from its target, and which way is down. */
export interface ValueLoss {
  value(output: number, target: number): number;
  /** By the output. */
  derivative(output: number, target: number): number;
}

/** What training makes as small as it can. */
export interface Loss extends ValueLoss {
  /** Only defined for outputs from 0 to 1. @default false */
  readonly isOfShares?: boolean;
  /** The same of what goes into a last sigmoid, where that loses no digits. @default it makes no difference */
  readonly ofLogits?: ValueLoss;
}

/** What can be set of losses. */
export interface LossSettings {
  readonly huberDelta: number;
}
