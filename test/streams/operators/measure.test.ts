import { lastValueFrom, map, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { fromIterable } from '../../../src/data/fromIterable.js';
import { metric } from '../../../src/events/measurements/metric.js';
import type { MillraceEvent } from '../../../src/events/schema.js';
import { createStamp } from '../../../src/events/stamp.js';
import { batchesOf, fakeEngine } from '../../../src/exports/testing.js';
import { type Measure, measure } from '../../../src/streams/operators/measure.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { train } from '../../../src/training/train.js';
import { expectMarbles } from '../marbles.js';

function run(take: Measure): Promise<MillraceEvent[]> {
  const stamp = createStamp();
  const source = fromIterable([1, 2].flatMap((epoch) => batchesOf(4, 2, { epoch })));
  return lastValueFrom(pipeline(source, train(fakeEngine(), { stamp }), measure(stamp, take)).pipe(toArray()));
}

test('puts figures behind the events that they are made of, numbered and placed like all others', async () => {
  const events = await run((event) => {
    if (event.type === 'epoch') return [metric('a', event.trainLoss), metric('b', 2)];
    return event.type === 'sample' ? metric('c', 3) : undefined;
  });
  expect(events.map((event) => (event.type === 'metric' ? event.name : event.type)).join(' ')).toBe(
    'sample c loss loss epoch a b loss loss epoch a b sample c',
  );
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  expect(new Set(events.map((event) => event.run)).size).toBe(1);
  const [first] = events.filter(({ type, epoch }) => type === 'metric' && epoch === 2);
  expect(first).toMatchObject({ type: 'metric', name: 'a', epoch: 2, step: 4 });
});

test('what it throws is the error of the stream', async () => {
  const failing = run(() => {
    throw new Error('no figure');
  });
  await expect(failing).rejects.toThrow('no figure');
});

test('passes completion, errors and unsubscribing on, and says nothing after the end', () => {
  const stamp = createStamp();
  const position = { epoch: 1, step: 1 };
  const values = {
    l: stamp({ type: 'loss', loss: 1, items: 1, learningRate: 1 }, position),
    e: stamp({ type: 'end', status: 'completed', steps: 1, durationMs: 0 }, position),
  };
  expectMarbles(
    (source) =>
      source.pipe(
        measure(stamp, () => metric('m', 1)),
        map(({ type }) => type[0]),
      ),
    values,
    [
      ['-l----e|', '^------!', '-(lm)-e|'],
      ['-l----#', '^-----!', '-(lm)-#'],
      ['-l-----', '^----!', '-(lm)-'],
    ],
  );
});
