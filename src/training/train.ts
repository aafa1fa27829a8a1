import { Observable } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { requireBatch, requireUnitPixels } from '../data/requireBatch.js';
import { OptionError } from '../errors.js';
import type { MillraceEvent } from '../events/schema.js';
import type { PartialEngine } from '../model/engine.js';
import { requireKnownOptions } from '../options.js';
import { requireFlow } from '../streams/requireFlow.js';
import type { Stage } from '../streams/stage.js';
import { Training } from './training.js';
import { TRAIN_OPTIONS, type TrainOptions } from './trainOptions.js';

/**
 * A stage that takes batches and gives events: one update of the engine for each batch.
 *
 * Emits `loss` at every step, `sample` before the first step, every `sampleEvery` steps and at the last one, `epoch` when an
 * epoch is over (the batches' `epoch` changes or the source completes). After each `sample` comes `weights`, the filters of a
 * network that begins with such; after 250 steps, and after epochs, `profile` where the engine can tell. Training is synchronous
 * but for evaluating, reading samples and pauses, during which batches are held within the flow's bound. What the engine cannot
 * do (`evaluate`, `reconstruct`, `profile` …) is not told. The engine stays open: the caller disposes it.
 *
 * @throws OptionError when `sampleEvery` or `lossEvery` is not a whole number of at least 1
 * Errors with `RunError` `RUN_DIVERGED` when the loss is not finite any more, after the `loss` event that says so; with
 * what the engine throws, such as `EngineError` `WORKER_LOST`; with `BATCH` for what is no batch.
 *
 * @example
 * const events = pipeline(digits.train.batches({ epochs: 2 }), train(engine, { testData: digits.test }), map(({ type }) => type), toArray());
 * const types = await lastValueFrom(events);
 * console.log(types.filter((type) => type === 'epoch').length); // 2
 */
export function train(engine: PartialEngine, options: TrainOptions = {}): Stage<Batch, MillraceEvent> {
  requireKnownOptions(options, TRAIN_OPTIONS);
  for (const option of ['sampleEvery', 'lossEvery'] as const) {
    const value = options[option];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1))
      throw new OptionError(option, value, 'a whole number, 1 or more');
  }
  return function train(source, given) {
    const flow = requireFlow(given, 'train');
    return new Observable((subscriber) => {
      let isFirst = true;
      const training = new Training(engine, options, flow, subscriber);
      subscriber.add(
        source.subscribe({
          next(batch) {
            try {
              requireBatch(batch);
              if (isFirst) requireUnitPixels(batch);
              isFirst = false;
              training.push(batch);
            } catch (error) {
              // Thrown on, it would reach no one but the process.
              subscriber.error(error);
            }
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => training.end(),
        }),
      );
    });
  };
}
