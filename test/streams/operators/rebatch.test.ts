import fc from 'fast-check';
import { from, lastValueFrom, map, pipe, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { MillraceError, OptionError } from '../../../src/errors.js';
import { batchesOf, batchOf, checkBound } from '../../../src/exports/testing.js';
import { rebatch } from '../../../src/streams/operators/rebatch.js';
import { expectMarbles } from '../marbles.js';

function regroup(batches: readonly Batch[], ...options: Parameters<typeof rebatch>): Batch[] {
  const results: Batch[] = [];
  from(batches)
    .pipe(rebatch(...options))
    .subscribe((batch) => results.push(batch));
  return results;
}

const withTarget = (batch: Batch): Batch => ({ ...batch, target: batch.pixels.map((value) => value ^ 1) });

test('is, for any sizes, what cutting the epoch into batches at once gives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (items, size, wanted) => {
        expect(regroup(batchesOf(items, size), wanted)).toEqual(batchesOf(items, wanted));
      },
    ),
  );
});

test('moves targets along with their pixels', () => {
  expect(regroup(batchesOf(10, 3).map(withTarget), 4)).toEqual(batchesOf(10, 4).map(withTarget));
});

test('keeps epochs apart and counts batches from 0 in each', () => {
  const epochs = [...batchesOf(5, 3), ...batchesOf(5, 3, { epoch: 2 })];
  expect(regroup(epochs, 2)).toEqual([...batchesOf(5, 2), ...batchesOf(5, 2, { epoch: 2 })]);
});

test('leaves out what does not fill a batch where it is told to', () => {
  const epochs = [...batchesOf(5, 3), ...batchesOf(5, 3, { epoch: 2 })];
  const lengths = regroup(epochs, 2, { dropLast: true }).map(({ epoch, index, length }) => [epoch, index, length]);
  expect(lengths).toEqual([
    [1, 0, 2],
    [1, 1, 2],
    [2, 0, 2],
    [2, 1, 2],
  ]);
});

test('cuts views from a larger batch and copies only across two', () => {
  const whole = batchesOf(8, 4);
  const cut = regroup(whole, 2);
  expect(cut.map(({ pixels }) => pixels.buffer)).toEqual([0, 0, 1, 1].map((at) => whole[at]!.pixels.buffer));
  const [across] = regroup(whole, 8);
  expect(whole.map(({ pixels }) => pixels.buffer)).not.toContain(across!.pixels.buffer);
});

test('refuses to join batches of different kinds', async () => {
  const mixed = from([batchOf(1), withTarget(batchOf(1, { from: 1, index: 1 }))]).pipe(rebatch(2));
  const message =
    'batches to be regrouped differ: expected bytes of 2×2×1 with labels, found bytes of 2×2×1 with targets in bytes with labels.';
  await expect(lastValueFrom(mixed)).rejects.toThrow(MillraceError);
  await expect(lastValueFrom(mixed)).rejects.toThrow(message);
});

test('emits when a batch is full and what is left at the end; passes errors and unsubscribing on', () => {
  const values = Object.fromEntries(batchesOf(5, 1).map((batch) => ['abcde'[batch.index]!, batch]));
  const lengths = pipe(
    rebatch(2),
    map(({ length }) => String(length)),
  );
  expectMarbles(lengths, values, [
    ['-a-b-c-d-e-|', '^----------!', '---2---2---(1|)'],
    ['-a-b-c-#', '    ^------!', '    ---2---#'],
    ['-a-b-c-d-', '   ^----!', '      ---2--'],
    ['-|', '          ^!', '          -|'],
  ]);
});

test('keeps less than a batch back within the bound', async () => {
  const batches = batchesOf(60, 3);
  const report = await checkBound(rebatch(6), { items: batches, itemsIn: ({ length }) => length / 3, keeps: 1 });
  expect(report).toMatchObject({ emitted: 10, opened: 3, closed: 3 });
});

test('starts afresh with every subscription', async () => {
  const shared = from(batchesOf(5, 1)).pipe(rebatch(2), toArray());
  expect(await lastValueFrom(shared)).toEqual(await lastValueFrom(shared));
});

test.each([0, -1, 1.5, Number.NaN])('refuses a size of %d', (size) => {
  expect(() => rebatch(size)).toThrow(OptionError);
});
