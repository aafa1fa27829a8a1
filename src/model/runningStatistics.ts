import type { NetworkLayer } from './architecture.js';
import type { NamedTensors } from './engine.js';
import { normalizationSettings } from './layers/batchNormalization.js';

/** What a layer has seen of a batch. */
export interface BatchStatistics {
  /** For each channel. */
  readonly mean: Float32Array;
  /** Of the batch as it is, not as a sample of more. */
  readonly variance: Float32Array;
  /** Values of a channel. */
  readonly count: number;
}

/**
 * Lets a layer's running statistics run along with a batch, in place, as PyTorch does: the variance that is kept is the unbiased one.
 * One value alone has none, and leaves both as they are.
 */
export function keepRunning(
  { layer, name }: NetworkLayer,
  weights: NamedTensors,
  { mean, variance, count }: BatchStatistics,
): void {
  if (layer.type !== 'batchNormalization' || count < 2) return;
  const { momentum } = normalizationSettings(layer);
  const keep = (running: Float32Array, values: Float32Array, factor: number) =>
    values.forEach((value, channel) => {
      running[channel] = (1 - momentum) * running[channel]! + momentum * factor * value;
    });
  keep(weights.get(`${name}.running_mean`)!.data, mean, 1);
  keep(weights.get(`${name}.running_var`)!.data, variance, count / (count - 1));
}
