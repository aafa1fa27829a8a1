import { mergeMap, type OperatorFunction } from 'rxjs';
import type { MeasuredBody } from '../../events/measurements/measuredBody.js';
import type { MillraceEvent } from '../../events/schema.js';
import type { Stamp } from '../../events/stamp.js';

/** What is to be said after an event: one figure, picture or text, several, or none. */
export type Measure = (event: MillraceEvent) => MeasuredBody | readonly MeasuredBody[] | undefined;

/**
 * Events in, the same events out, each followed by the events that `take` makes of it (`metric`, `image`, `histogram`, `text`, `configuration`), at its place in the run.
 *
 * `take` is called when the event has been delivered and before anything else is trained: the engine is as it was at that
 * step. It is not asked after `end`, the last event of a run. Synchronous; order is kept; what `take` throws is the stream's error.
 *
 * @param stamp that of the training, so that the numbers of the events stay without gaps
 *
 * @example
 * const stamp = createStamp();
 * const events = pipeline(
 *   digits.train.batches({ epochs: 3 }),
 *   train(engine, { stamp, testData: digits.test }),
 *   measure(stamp, (event) =>
 *     event.type === 'epoch' ? metric('psnr', -10 * Math.log10(event.trainLoss), { unit: 'dB' }) : undefined,
 *   ),
 *   filter((event) => event.type === 'metric'),
 *   count(),
 * );
 * console.log(await lastValueFrom(events)); // 3
 */
export function measure(stamp: Stamp, take: Measure): OperatorFunction<MillraceEvent, MillraceEvent> {
  return mergeMap(function* (event): Generator<MillraceEvent, void> {
    yield event;
    if (event.type === 'end') return;
    for (const body of [take(event) ?? []].flat()) yield stamp(body, event);
  });
}
