import fc from 'fast-check';
import { from, lastValueFrom, map, type Observable, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { OptionError } from '../../../src/errors.js';
import { batchesOf, checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { shuffleBuffer } from '../../../src/streams/operators/shuffleBuffer.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { expectMarbles } from '../marbles.js';

function shuffled(batches: readonly Batch[], size: number, seed = 1): Batch[] {
  const results: Batch[] = [];
  from(batches)
    .pipe(shuffleBuffer({ size, seed }))
    .subscribe((batch) => results.push(batch));
  return results;
}

const orderOf = (batches: readonly Batch[]): number[] => batches.flatMap(({ indices }) => [...indices]);
const ascending = (items: number): number[] => Array.from({ length: items }, (_, index) => index);
const twoEpochs = (items: number, size: number): Batch[] => [
  ...batchesOf(items, size),
  ...batchesOf(items, size, { epoch: 2 }),
];

test('gives every item of an epoch once, with its own pixels, label and target, in batches as large as before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 80 }),
      fc.integer(),
      (items, size, buffer, seed) => {
        const whole = batchesOf(items, items)[0]!;
        const source = batchesOf(items, size).map((batch) => ({
          ...batch,
          target: batch.pixels.map((value) => ~value),
        }));
        const results = shuffled(source, buffer, seed);
        expect(orderOf(results).sort((a, b) => a - b)).toEqual(ascending(items));
        for (const { indices, labels, pixels, target } of results) {
          expect([...labels!]).toEqual([...indices].map((index) => whole.labels![index]));
          expect([...pixels]).toEqual(
            [...indices].flatMap((index) => [...whole.pixels.subarray(index * 4, index * 4 + 4)]),
          );
          expect([...target!]).toEqual([...pixels].map((value) => ~value & 0xff));
        }
        const kind = ({ index, length, shape }: Batch) => [index, length, shape];
        expect(results.map(kind)).toEqual(batchesOf(items, size).map(kind));
      },
    ),
  );
});

test('lets no item go later than the last and none earlier than the buffer allows', () => {
  const order = orderOf(shuffled(batchesOf(200, 10), 30));
  for (const [place, index] of order.entries()) expect(index).toBeLessThanOrEqual(place + 30);
});

test('draws every order of a small epoch about equally often', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 1200; seed++) {
    const order = orderOf(shuffled(batchesOf(3, 1), 3, seed)).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  // Five standard deviations around 200.
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(65);
});

test('is a function of seed and epoch', () => {
  const order = (seed: number, epoch: number) => orderOf(shuffled(batchesOf(100, 10, { epoch }), 50, seed));
  expect(order(1, 1)).toEqual(order(1, 1));
  expect(order(1, 1)).not.toEqual(order(2, 1));
  expect(order(1, 1)).not.toEqual(order(1, 2));
  const [first, second] = [shuffled(twoEpochs(100, 10), 50).slice(0, 10), shuffled(twoEpochs(100, 10), 50).slice(10)];
  expect([orderOf(first), orderOf(second)]).toEqual([order(1, 1), order(1, 2)]);
});

test('keeps epochs apart, also where the buffer holds more than one of them', () => {
  for (const size of [1, 7, 50, 1000]) {
    const epochs = shuffled(twoEpochs(50, 4), size).map(({ epoch }) => epoch);
    expect(epochs).toEqual([...Array(13).fill(1), ...Array(13).fill(2)]);
  }
});

test('keeps epochs apart and loses nothing where epochs differ in length and in the size of their batches', () => {
  const uneven = [
    ...batchesOf(40, 2),
    ...batchesOf(60, 20, { epoch: 2 }),
    ...batchesOf(4, 4, { epoch: 3 }),
    ...batchesOf(9, 3, { epoch: 4 }),
  ];
  const results = shuffled(uneven, 30);
  const epochs = results.flatMap(({ epoch, length }) => Array(length).fill(epoch));
  expect(epochs).toEqual([...Array(40).fill(1), ...Array(60).fill(2), ...Array(4).fill(3), ...Array(9).fill(4)]);
});

test('keeps an even pace where epochs meet: at most two batches out for one in', () => {
  const source = twoEpochs(100, 10);
  const perInput: number[] = [];
  let emitted = 0;
  from(source)
    .pipe(
      map((batch) => {
        perInput.push(emitted);
        emitted = 0;
        return batch;
      }),
      shuffleBuffer({ size: 55, seed: 1 }),
    )
    .subscribe(() => emitted++);
  expect(Math.max(...perInput)).toBeLessThanOrEqual(2);
});

test('waits with what is left at the end until the flow has room', async () => {
  let [held, most] = [0, 0];
  const slow = mapAsync(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    held -= 1;
  });
  const counted = map((batch: Batch) => {
    most = Math.max(most, ++held);
    return batch;
  });
  const running = pipeline(scriptedSource(batchesOf(100, 2)), shuffleBuffer({ size: 90, seed: 1 }), counted, slow);
  expect(await lastValueFrom(running.pipe(toArray()))).toHaveLength(50);
  expect(most).toBeLessThanOrEqual(4);
});

test('is bounded and gives everything back', async () => {
  const report = await checkBound(shuffleBuffer({ size: 10, seed: 1 }), { items: batchesOf(60, 2), keeps: 5 });
  expect(report).toMatchObject({ emitted: 30, opened: 3, closed: 3 });
});

test('emits once the buffer is full and all that is left at the end; passes errors and unsubscribing on', () => {
  const values = Object.fromEntries(batchesOf(5, 1).map((batch) => ['abcde'[batch.index]!, batch]));
  const places = (source: Observable<Batch>) =>
    shuffleBuffer({ size: 2, seed: 1 })(source).pipe(map(({ index }) => String(index)));
  expectMarbles(places, values, [
    ['-a-b-c-d-|', '^--------!', '-----0-1-(23|)'],
    ['-a-b-c-#', '  ^------!', '  -----0-#'],
    ['-a-b-c-d-', ' ^-----!', '   -----0-'],
    ['-|', '        ^!', '        -|'],
  ]);
});

test.each([0, -1, 1.5, Number.NaN])('refuses a size of %d', (size) => {
  expect(() => shuffleBuffer({ size, seed: 1 })).toThrow(OptionError);
});
