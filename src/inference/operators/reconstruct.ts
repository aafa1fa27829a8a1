import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import type { Model } from '../model.js';

/** What `reconstruct` adds to a batch. */
export interface Reconstruction {
  /** What the network makes of `pixels`: 0..1, `[n, h, w, c]`. */
  readonly reconstruction: Float32Array;
}

/**
 * Adds what the network makes of its images to each batch, which stays as it is otherwise.
 *
 * `reconstruction` is Float32 (0..1), in the shape of the batch. Synchronous, as `encode`. Errors with ModelError `MODEL_INPUT` for
 * images of another shape, and as `model.reconstruct`.
 *
 * @example
 * const model = new Model(engine);
 * const batch = await firstValueFrom(pipeline(digits.train.batches({ size: 20 }), reconstruct(model)));
 * console.log(batch.reconstruction.length === batch.pixels.length); // true
 */
export function reconstruct<Images extends Batch>(model: Model): OperatorFunction<Images, Images & Reconstruction> {
  return map((batch) => {
    model.requireImages(batch);
    return { ...batch, reconstruction: model.reconstruct(batch.pixels) };
  });
}
