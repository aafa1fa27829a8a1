import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import { type OptionNames, requireKnownOptions, wrongChoice } from '../../options.js';
import type { Model } from '../model.js';
import type { PictureBatch } from '../pictureBatch.js';

/** What `reconstruct` adds to a batch. */
export interface Reconstruction {
  /** What the network makes of `pixels`: 0..1, `[n, h, w, c]`. */
  readonly reconstruction: Float32Array;
}

/** The same as bytes: 0..255. */
export interface ByteReconstruction {
  readonly reconstruction: Uint8Array;
}

const DTYPES = ['float32', 'uint8'] as const;

export interface ReconstructOptions {
  /** `uint8`: rounded to bytes 0..255, as image files have them; a quarter of the memory, and made by all threads. @default 'float32' */
  readonly dtype?: (typeof DTYPES)[number] | undefined;
}

const OPTIONS: OptionNames<ReconstructOptions> = { dtype: true };

/**
 * Adds what the network makes of its images to each batch, which stays as it is otherwise.
 *
 * `reconstruction` is Float32 (0..1), or with `dtype: 'uint8'` bytes (0..255), in the shape of the batch. Synchronous, as `encode`. Errors
 * with ModelError `MODEL_INPUT` for images of another shape, and as `model.reconstruct`.
 *
 * @throws OptionError for a dtype that there is not
 *
 * @example
 * const model = new Model(engine);
 * const batch = await firstValueFrom(pipeline(digits.train.batches({ size: 20 }), reconstruct(model)));
 * console.log(batch.reconstruction.length === batch.pixels.length); // true
 */
export function reconstruct<Images extends Batch>(
  model: Model,
  options: ReconstructOptions & { readonly dtype: 'uint8' },
): OperatorFunction<Images, Images & ByteReconstruction>;
export function reconstruct<Images extends Batch>(
  model: Model,
  options?: ReconstructOptions & { readonly dtype?: 'float32' | undefined },
): OperatorFunction<Images, Images & Reconstruction>;
export function reconstruct<Images extends Batch>(
  model: Model,
  options?: ReconstructOptions,
): OperatorFunction<Images, Images & Pick<PictureBatch, 'reconstruction'>>;
export function reconstruct<Images extends Batch>(
  model: Model,
  options: ReconstructOptions = {},
): OperatorFunction<Images, Images & Pick<PictureBatch, 'reconstruction'>> {
  requireKnownOptions(options, OPTIONS);
  const { dtype = 'float32' } = options;
  if (!DTYPES.includes(dtype)) throw wrongChoice('dtype', dtype, DTYPES);
  return map((batch) => {
    model.requireImages(batch);
    const { pixels } = batch;
    return { ...batch, reconstruction: dtype === 'uint8' ? model.reconstructBytes(pixels) : model.reconstruct(pixels) };
  });
}
