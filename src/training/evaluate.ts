import { map, type OperatorFunction, reduce } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { requireBatch, requireUnitPixels } from '../data/requireBatch.js';
import type { Engine } from '../model/engine.js';

export interface Evaluation {
  /** Mean squared error over all pixels (0..1 scale), mean over items. NaN where there were no images. */
  readonly loss: number;
  /** Number of images. */
  readonly items: number;
}

/**
 * An operator that takes batches and gives one result when they are over: the network's loss on them. The engine learns nothing, and stays open.
 *
 * Errors with what the engine throws, with `BATCH` for what is no batch.
 *
 * @example
 * const { items } = await lastValueFrom(pipeline(digits.test.batches(), evaluate(engine)));
 * console.log(items); // 20
 */
export function evaluate(engine: Pick<Engine, 'evaluate'>): OperatorFunction<Batch, Evaluation> {
  return (source) =>
    source.pipe(
      map((batch, at) => {
        requireBatch(batch);
        if (at === 0) requireUnitPixels(batch);
        return engine.evaluate(batch);
      }),
      reduce((sum, { loss, items }) => ({ loss: sum.loss + loss * items, items: sum.items + items }), {
        loss: 0,
        items: 0,
      }),
      map(({ loss, items }) => ({ loss: loss / items, items })),
    );
}
