import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import type { Model } from '../model.js';
import type { Reconstruction } from './reconstruct.js';

/** What `score` adds to a batch. */
export interface Losses extends Reconstruction {
  /** The loss of each image that the network was trained with, the mean over its values; `[n]`. */
  readonly losses: Float32Array;
}

/**
 * Adds the loss of each image to each batch, which stays as it is otherwise, and the reconstruction that it is of; one that is there
 * already is not computed again.
 *
 * `losses` is Float32, one an image, against `target` where the batch has one. Synchronous, as `encode`. Errors with ModelError
 * `MODEL_INPUT` for images of another shape, and as `model.score`.
 *
 * @example
 * const model = new Model(engine);
 * const faulty = pipeline(
 *   digits.train.batches({ size: 20 }),
 *   score(model),
 *   map(({ losses, indices }) => indices.filter((_, item) => losses[item] > 0.1)),
 * );
 * console.log((await firstValueFrom(faulty)).length); // 0
 */
export function score<Images extends Batch & Partial<Reconstruction>>(
  model: Model,
): OperatorFunction<Images, Images & Losses> {
  return map((batch) => {
    model.requireImages(batch);
    const { pixels, target = pixels, reconstruction = model.reconstruct(pixels) } = batch;
    return { ...batch, reconstruction, losses: model.lossesOf(reconstruction, target) };
  });
}
