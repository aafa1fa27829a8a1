// Batch normalization in float64 and plain loops: forward and back, over all items of a batch.
import type { NetworkLayer } from '../../../src/model/architecture.js';
import type { BatchNormalization } from '../../../src/model/layers/batchNormalization.js';

type Values = Float64Array;
type Weights = ReadonlyMap<string, { readonly data: Float32Array | Float64Array }>;

export type NormalizationLayer = NetworkLayer & { readonly layer: BatchNormalization };

export function isNormalization(layer: NetworkLayer): layer is NormalizationLayer {
  return layer.layer.type === 'batchNormalization';
}

/** Mean and variance of each channel. */
export function channelStatistics({ inputShape }: NetworkLayer, items: readonly Values[]) {
  const channels = inputShape[inputShape.length - 1]!;
  const values = Array.from({ length: channels }, (_, channel) =>
    items.flatMap((item) => [...item.filter((_, at) => at % channels === channel)]),
  );
  const mean = values.map((all) => all.reduce((sum, value) => sum + value, 0) / all.length);
  const variance = values.map(
    (all, channel) => all.reduce((sum, value) => sum + (value - mean[channel]!) ** 2, 0) / all.length,
  );
  return { channels, count: values[0]!.length, mean, variance };
}

/** Before the activation. @param by the batch's own statistics, or those that ran along */
export function normalizedReference(
  { name, layer: { epsilon = 1e-5 } }: NormalizationLayer,
  weights: Weights,
  item: Values,
  by: { readonly mean: ArrayLike<number>; readonly variance: ArrayLike<number> },
): Values {
  const [scale, shift] = [weights.get(`${name}.weight`)!.data, weights.get(`${name}.bias`)!.data];
  return item.map((value, at) => {
    const channel = at % scale.length;
    const deviation = Math.sqrt(by.variance[channel]! + epsilon);
    return ((value - by.mean[channel]!) / deviation) * scale[channel]! + shift[channel]!;
  });
}

export function runningReference({ name }: NetworkLayer, weights: Weights) {
  return { mean: weights.get(`${name}.running_mean`)!.data, variance: weights.get(`${name}.running_var`)!.data };
}

/** Adds to the gradients of scale and shift. @param before gradients before the activation @returns those of the items */
export function normalizationBackward(
  layer: NormalizationLayer,
  weights: Weights,
  { items, before }: { readonly items: readonly Values[]; readonly before: readonly Values[] },
  gradients: ReadonlyMap<string, Values>,
): readonly Values[] {
  const { channels, count, mean, variance } = channelStatistics(layer, items);
  const scale = weights.get(`${layer.name}.weight`)!.data;
  const [ofScale, ofShift] = [gradients.get(`${layer.name}.weight`)!, gradients.get(`${layer.name}.bias`)!];
  const deviation = variance.map((value) => Math.sqrt(value + (layer.layer.epsilon ?? 1e-5)));
  const normalized = (item: number, at: number) =>
    (items[item]![at]! - mean[at % channels]!) / deviation[at % channels]!;
  for (const [item, gradient] of before.entries())
    for (const [at, value] of gradient.entries()) {
      ofScale[at % channels]! += value * normalized(item, at);
      ofShift[at % channels]! += value;
    }
  return before.map((gradient, item) =>
    gradient.map((value, at) => {
      const channel = at % channels;
      const ofBatch = (ofShift[channel]! + normalized(item, at) * ofScale[channel]!) / count;
      return (scale[channel]! / deviation[channel]!) * (value - ofBatch);
    }),
  );
}
