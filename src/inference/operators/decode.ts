import { map, type OperatorFunction } from 'rxjs';
import type { LatentBatch } from '../latentBatch.js';
import type { Model } from '../model.js';
import type { Reconstruction } from './reconstruct.js';

/**
 * Adds the images that its latents stand for to each batch, which stays as it is otherwise.
 *
 * `reconstruction` is Float32 (0..1), `[n, h, w, c]`. Synchronous, as `encode`. Errors as `model.decode`.
 *
 * @example
 * const model = new Model(engine);
 * const batches = pipeline(digits.train.batches({ size: 20 }), encode(model), decode(model));
 * const { reconstruction, pixels } = await firstValueFrom(batches);
 * console.log(reconstruction.length === pixels.length); // true
 */
export function decode<Batch extends Pick<LatentBatch, 'latents'>>(
  model: Model,
): OperatorFunction<Batch, Batch & Reconstruction> {
  return map((batch) => ({ ...batch, reconstruction: model.decode(batch.latents) }));
}
