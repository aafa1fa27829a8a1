import type { Batch } from '../data/batch.js';
import { DataError, OptionError } from '../errors.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import { QuantileSketch } from '../statistics/quantileSketch.js';
import { values } from '../streams/consumers/values.js';
import { pipeline } from '../streams/pipeline.js';
import type { SourceLike } from '../streams/sources/toSource.js';
import type { Model, SlicedOptions } from './model.js';

export interface ThresholdOptions extends SlicedOptions {
  /** Share of the normal images that lie below the threshold, 0..1. @default 0.99 */
  readonly quantile?: number | undefined;
  /** The label of the normal ones; where images have labels, those with another one are left out. @default all are normal */
  readonly normalLabel?: number | undefined;
}

const OPTIONS: OptionNames<ThresholdOptions> = { signal: true, quantile: true, normalLabel: true };

/** Losses of the same image differ by less, whether an engine has measured them or they were computed from the reconstruction. */
const ROUNDING = 1e-5;

export interface Threshold {
  /** What a normal image's loss seldom exceeds; at most 0.1 % above the exact quantile, never below it. */
  readonly loss: number;
  /** Of how many normal images. */
  readonly items: number;
}

/**
 * How badly a model reconstructs what it knows: an image with a higher loss is an anomaly, most likely. Any number of images, in constant
 * memory.
 *
 * @param normal what `pipeline` takes as a source, e.g. `dataset.batches()`
 * @throws OptionError; DataError `DATA_EMPTY` where no image is normal; ModelError `MODEL_INPUT`, `MODEL_NO_ENCODER`; what the source
 * throws; the signal's reason on abort
 *
 * @example
 * const model = new Model(engine);
 * const threshold = await fitThreshold(model, digits.train.batches(), { quantile: 0.9 });
 * const anomalies = pipeline(
 *   digits.train.batches(),
 *   score(model),
 *   mergeMap(({ losses, indices }) => indices.filter((_, item) => losses[item] > threshold.loss)),
 * );
 * console.log((await lastValueFrom(anomalies.pipe(toArray()))).length <= 0.1 * threshold.items); // true
 */
export async function fitThreshold(
  model: Model,
  normal: SourceLike<Batch>,
  options: ThresholdOptions = {},
): Promise<Threshold> {
  requireKnownOptions(options, OPTIONS);
  const { signal, quantile = 0.99, normalLabel } = options;
  requireQuantile(quantile);
  const losses = new QuantileSketch();
  for await (const batch of values(pipeline(normal))) {
    model.requireImages(batch);
    const scores = await model.scoreAsync(batch.pixels, batch.target ?? batch.pixels, { signal });
    for (const [item, loss] of scores.entries())
      if (normalLabel === undefined || batch.labels === undefined || batch.labels[item] === normalLabel)
        losses.add(loss);
    signal?.throwIfAborted();
  }
  if (losses.count > 0) return { loss: losses.upperQuantile(quantile) * (1 + ROUNDING), items: losses.count };
  throw new DataError({
    code: 'DATA_EMPTY',
    expected: normalLabel === undefined ? 'normal images' : `normal images, with the label ${normalLabel}`,
    actual: 'none',
    advice: 'Give images like those that the model was trained on.',
  });
}

/** @throws OptionError */
export function requireQuantile(quantile: unknown): void {
  if (typeof quantile !== 'number' || !(quantile > 0 && quantile <= 1))
    throw new OptionError('quantile', quantile, 'a number above 0, at most 1');
}
