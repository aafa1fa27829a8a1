// What a layer adds to the loss for the values that come to it, such as the divergence of a variational latent.

/** The loss of a batch is the network's, plus for each of these `weight` × the mean over all items of the sum over an item's values. */
export interface Penalty {
  /** What the sum is told as beside the test loss, e.g. `kl`. */
  readonly name: string;
  /** Of one item, before the weight; in float64, so that it is the same on every backend. */
  value(item: Float32Array): number;
  /** By each value of the item, before the weight. */
  derivatives(item: Float32Array): Float64Array;
  /** What it counts for in the loss; once it has warmed up, where it does. */
  readonly weight: number;
  /** Updates over which the weight rises evenly to what it is. */
  readonly warmUp: number;
}

/** The weight for an update. @param step updates done before */
export function penaltyWeight({ weight, warmUp }: Penalty, step: number): number {
  return step < warmUp ? (weight * (step + 1)) / warmUp : weight;
}

/** What was measured of a layer's penalty: the mean over items, before its weight. */
export interface MeasuredPenalty {
  readonly penalty: Penalty;
  readonly mean: number;
}

/** What comes to the loss, with all weights as they are once warmed up, so that epochs can be compared; and the means by name. */
export function evaluatePenalties(measured: readonly MeasuredPenalty[]): {
  readonly penalty: number;
  readonly metrics?: Readonly<Record<string, number>>;
} {
  if (measured.length === 0) return { penalty: 0 };
  const metrics: Record<string, number> = {};
  for (const { penalty, mean } of measured) metrics[penalty.name] = (metrics[penalty.name] ?? 0) + mean;
  return { penalty: measured.reduce((sum, { penalty, mean }) => sum + penalty.weight * mean, 0), metrics };
}
