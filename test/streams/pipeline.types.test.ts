import { bufferCount, filter, map, mergeMap, type Observable, type OperatorFunction, of, scan, tap } from 'rxjs';
import { expectTypeOf, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';
import type { UnknownEvent } from '../../src/events/unknownEvent.js';
import { batchesOf, fakeEngine, scriptedSource } from '../../src/exports/testing.js';
import { addNoise } from '../../src/streams/operators/addNoise.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { rebatch } from '../../src/streams/operators/rebatch.js';
import { shuffleBuffer } from '../../src/streams/operators/shuffleBuffer.js';
import { tapStats } from '../../src/streams/operators/tapStats.js';
import { through } from '../../src/streams/operators/through.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { deliver } from '../../src/streams/sinks/deliver.js';
import type { Stage } from '../../src/streams/stage.js';
import { StageStats } from '../../src/streams/stageStats.js';
import { type Evaluation, evaluate } from '../../src/training/evaluate.js';
import { train } from '../../src/training/train.js';

const batches = scriptedSource(batchesOf(4, 2));
const numbers = scriptedSource([1, 2, 3]);

test('types are inferred from the source on, without annotations', () => {
  const texts = pipeline(
    numbers,
    map((value) => value.toFixed()),
    filter((text) => text.length > 0),
    mapAsync(async (text) => [text]),
    tap((list) => list.length),
    bufferCount(2),
    scan((sum, lists) => sum + lists.length, 0),
  );
  expectTypeOf(texts).toEqualTypeOf<Observable<number>>();

  const events = pipeline(
    batches,
    addNoise({ seed: 1 }),
    rebatch(3),
    shuffleBuffer({ size: 10, seed: 1 }),
    filter((batch) => batch.length === 3),
    tapStats(
      new StageStats('thumbnails'),
      mapAsync(async (batch: Batch) => batch),
    ),
    through(map((batch) => batch)),
    train(fakeEngine()),
  );
  expectTypeOf(events).toEqualTypeOf<Observable<MillraceEvent>>();
  expectTypeOf(pipeline(batches, evaluate(fakeEngine()))).toEqualTypeOf<Observable<Evaluation>>();
  expectTypeOf(pipeline(numbers)).toEqualTypeOf<Observable<number>>();
});

test('an operator of rxjs is a stage, a stage that needs the flow is no operator of rxjs', () => {
  expectTypeOf<OperatorFunction<number, string>>().toExtend<Stage<number, string>>();
  expectTypeOf<Stage<number, string>>().not.toExtend<OperatorFunction<number, string>>();
  expectTypeOf(shuffleBuffer).returns.toExtend<OperatorFunction<Batch, Batch>>();
  expectTypeOf(shuffleBuffer).returns.toExtend<Stage<Batch, Batch>>();
});

test('stages that need the flow do not compile in a plain pipe', () => {
  const plain = of(...batchesOf(4, 2));
  const attempts = () => [
    // @ts-expect-error there is no flow in a plain pipe
    plain.pipe(train(fakeEngine())),
    // @ts-expect-error there is no flow in a plain pipe
    plain.pipe(mapAsync(async (batch: Batch) => batch)),
    // @ts-expect-error there is no flow in a plain pipe
    plain.pipe(through(map((batch: Batch) => batch))),
  ];
  expectTypeOf(attempts).toBeFunction();
});

test('stages that do not fit together do not compile', () => {
  const attempts = () => [
    // @ts-expect-error numbers are not batches
    pipeline(numbers, train(fakeEngine())),
    // @ts-expect-error events are not batches
    pipeline(batches, train(fakeEngine()), addNoise({ seed: 1 })),
    pipeline(
      batches,
      // @ts-expect-error a batch has no such field
      map((batch) => batch.size),
    ),
  ];
  expectTypeOf(attempts).toBeFunction();
});

test('events of one’s own are stamped and delivered without a cast', () => {
  const stamp = createStamp();
  const events = pipeline(
    batches,
    train(fakeEngine(), { stamp }),
    mergeMap((event) => [event, stamp({ type: 'temperature', value: 40 }, event)]),
    deliver(),
  );
  expectTypeOf(events).toEqualTypeOf<Observable<MillraceEvent | UnknownEvent>>();
  // @ts-expect-error: a type of Millrace's with fields of another
  stamp({ type: 'epoch', value: 40 }, { epoch: 1, step: 1 });
  const known = pipeline(batches, train(fakeEngine()), deliver());
  expectTypeOf(known).toEqualTypeOf<Observable<MillraceEvent>>();
  expectTypeOf(deliver()).toEqualTypeOf<Stage<MillraceEvent, MillraceEvent>>();
});
