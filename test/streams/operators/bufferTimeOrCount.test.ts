import fc from 'fast-check';
import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { bufferTimeOrCount } from '../../../src/streams/operators/bufferTimeOrCount.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { boundedPipeline } from '../../../src/streams/pipeline.js';
import { expectMarbles, type MarbleCase, staged } from '../marbles.js';

const results = { A: ['a'], B: ['a', 'b'], C: ['c'], D: ['d'] };
const cases: readonly MarbleCase[] = [
  ['-a-b-c-----|', ' ^----------!', ' ---B-----C-|'],
  ['-a------c|', '   ^--------!', '   -----A---(C|)'],
  ['-a-b-#', '       ^----!', '       ---B-#'],
  ['-a--', '         ^--!', '         ----'],
];

test('gives an array when it is full or its time is over, in a pipeline and in a plain pipe', () => {
  expectMarbles((source: Observable<string>) => staged(source, bufferTimeOrCount(4, 2)), undefined, cases, results);
  expectMarbles(bufferTimeOrCount(4, 2), undefined, cases, results);
});

test('loses, doubles and reorders nothing behind any reader, and no array is too long', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 5 }),
    fc.nat(2),
    fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 3 }),
    async (count, milliseconds, waits, highWaterMark) => {
      const items = Array.from({ length: 15 }, (_, index) => index);
      const source = scriptedSource(items, { readMs: (index) => waits[index % waits.length]! });
      const slow = mapAsync(async (group: number[]) => {
        await new Promise(setImmediate);
        return group;
      });
      const stage = bufferTimeOrCount<number>(milliseconds, count);
      const groups = await lastValueFrom(boundedPipeline({ highWaterMark })(source, stage, slow, toArray()));
      expect(groups.flat()).toEqual(items);
      expect(groups.every(({ length }) => length >= 1 && length <= count)).toBe(true);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

test('keeps what it collects beside the bound and closes everything', async () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  const options = { items, itemsIn: (group: number[]) => group.length, keeps: 5, highWaterMark: 4 };
  const report = await checkBound(bufferTimeOrCount<number>(2, 5), options);
  expect(report).toMatchObject({ opened: 3, closed: 3 });
});

test.each([
  [-1, 2],
  [Infinity, 2],
  [1, 0],
  [1, 1.5],
])('refuses %d milliseconds, %d items', (milliseconds, count) => {
  expect(() => bufferTimeOrCount(milliseconds, count)).toThrow(OptionError);
});
