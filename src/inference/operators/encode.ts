import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import type { Latents } from '../latentBatch.js';
import type { Model } from '../model.js';

/**
 * Adds the latents of its images to each batch, which stays as it is otherwise.
 *
 * `latents` is Float32, `[n, …latentShape]`. Synchronous: a batch is computed while it is handed on, so order and bound are the
 * pipeline's; batches of some hundred small images keep the thread for some milliseconds. Errors with ModelError `MODEL_INPUT` for
 * images of another shape, and as `model.encode`.
 *
 * @example
 * const model = new Model(engine);
 * const encoded = pipeline(digits.train.batches({ size: 20 }), encode(model));
 * const { latents, latentShape } = await firstValueFrom(encoded);
 * console.log(latents.length / 20, latentShape); // 4 [ 2, 2, 1 ]
 */
export function encode<Images extends Batch>(model: Model): OperatorFunction<Images, Images & Latents> {
  const { latentShape } = model;
  return map((batch) => {
    model.requireImages(batch);
    return { ...batch, latents: model.encode(batch.pixels), latentShape };
  });
}
