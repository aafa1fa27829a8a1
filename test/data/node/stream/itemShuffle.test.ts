import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ItemShuffle } from '../../../../src/data/node/stream/itemShuffle.js';

function shuffled(items: number, capacity: number, seed: number): number[] {
  const shuffle = new ItemShuffle<number>(capacity, seed);
  const drawn: number[] = [];
  for (let item = 0; item < items; item += 1) {
    const next = shuffle.exchange(item);
    if (next !== undefined) drawn.push(next);
    expect(drawn.length).toBe(Math.max(0, item + 1 - capacity));
  }
  return [...drawn, ...shuffle.rest()];
}

test('gives every item once and never holds more than its capacity', () => {
  fc.assert(
    fc.property(fc.nat({ max: 80 }), fc.integer({ min: 1, max: 20 }), fc.integer(), (items, capacity, seed) => {
      const order = shuffled(items, capacity, seed);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: items }, (_, item) => item));
    }),
  );
});

test('the order is a function of the seed', () => {
  expect(shuffled(50, 10, 1)).toEqual(shuffled(50, 10, 1));
  expect(shuffled(50, 10, 1)).not.toEqual(shuffled(50, 10, 2));
});

test('a buffer of one item keeps the order', () => {
  expect(shuffled(5, 1, 1)).toEqual([0, 1, 2, 3, 4]);
});
