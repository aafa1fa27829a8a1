import type { Batch } from '../../data/batch.js';
import { DataError, ModelError } from '../../errors.js';
import { formatShape, shapeSize } from '../../model/layers/definition/layerShape.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { CovarianceTally, type Spread } from '../../statistics/covarianceTally.js';
import { values } from '../../streams/consumers/values.js';
import { pipeline } from '../../streams/pipeline.js';
import type { SourceLike } from '../../streams/sources/toSource.js';
import { sharedEventLoop } from '../../yieldToEventLoop.js';
import type { Model, SlicedOptions } from '../model.js';

export interface FitLatentsOptions extends SlicedOptions {
  /** Is told how many images there have been, after each batch. @default no one is */
  readonly onItems?: ((items: number) => void) | undefined;
}

const OPTIONS: OptionNames<FitLatentsOptions> = { signal: true, onItems: true };

/** Where the latents of images lie. */
export interface LatentSpread extends Spread {
  /** Of how many images. */
  readonly items: number;
}

/** More values have a covariance of more than 128 MiB, and take minutes. */
const MOST_VALUES = 4096;

/**
 * Mean and covariance of the latents of images, of any number of them in constant memory: what `sampleLatents` draws from, and
 * `principalComponents` looks into.
 *
 * @param images what `pipeline` takes as a source, e.g. `dataset.batches()`
 * @throws ModelError `MODEL_LATENTS` where an image has more than 4,096 of them, `MODEL_INPUT`, `MODEL_NO_ENCODER`; DataError `DATA_EMPTY`
 * where there are fewer than two images; what the source throws; the signal's reason on abort
 *
 * @example
 * const model = new Model(engine);
 * const { items, mean, covariance } = await fitLatents(model, digits.train.batches());
 * console.log(items === digits.train.items, mean.length, covariance.length); // true 4 16
 */
export async function fitLatents(
  model: Model,
  images: SourceLike<Batch>,
  options: FitLatentsOptions = {},
): Promise<LatentSpread> {
  requireKnownOptions(options, OPTIONS);
  const { signal, onItems } = options;
  const size = shapeSize(model.latentShape);
  if (size > MOST_VALUES) throw tooMany(model, size);
  const tally = new CovarianceTally(size);
  const turn = sharedEventLoop();
  for await (const batch of values(pipeline(images))) {
    model.requireImages(batch);
    const latents = await model.encodeAsync(batch.pixels, { signal });
    for (let from = 0; from < latents.length; from += size) {
      tally.add(latents.subarray(from, from + size));
      // Thousands of latents take milliseconds an image.
      await turn();
    }
    onItems?.(tally.count);
    signal?.throwIfAborted();
  }
  signal?.throwIfAborted();
  if (tally.count >= 2) return { items: tally.count, ...tally.result() };
  throw new DataError({
    code: 'DATA_EMPTY',
    expected: 'two images at least, whose latents differ',
    actual: String(tally.count),
    advice: 'Give images like those that the model was trained on.',
  });
}

function tooMany({ name, latentShape }: Model, size: number): ModelError {
  return new ModelError({
    code: 'MODEL_LATENTS',
    path: name,
    expected: `at most ${MOST_VALUES} latents an image, whose covariance fits into memory`,
    actual: `${formatShape(latentShape)}, ${size}`,
    advice: 'Take a model with fewer latents.',
  });
}
