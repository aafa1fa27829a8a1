import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ItemCutter } from '../../../../src/data/node/stream/itemChunker.js';
import { cuts, split } from '../../idx/arbitraries.js';

test('any split of the same bytes gives the same items', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 9 }), cuts, (bytes, size, cuts) => {
      const cutter = new ItemCutter(size);
      const items = split(bytes, cuts).flatMap((chunk) => cutter.push(chunk));
      const whole = Math.floor(bytes.length / size);
      expect(items.map((item) => [...item])).toEqual(
        Array.from({ length: whole }, (_, item) => [...bytes.subarray(item * size, (item + 1) * size)]),
      );
    }),
  );
});

test('copies nothing but what two chunks share', () => {
  const cutter = new ItemCutter(2);
  const [one, other] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)];
  expect(cutter.push(one).map((item) => item.buffer)).toEqual([one.buffer]);
  const [shared, own] = cutter.push(other);
  expect([...shared!]).toEqual([3, 4]);
  expect(own!.buffer).toBe(other.buffer);
});
