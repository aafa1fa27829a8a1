import fc from 'fast-check';
import { lastValueFrom, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { scriptedSource } from '../../../src/exports/testing.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { mixSources } from '../../../src/streams/sources/mixSources.js';

const fill = (length: number, name: string): string[] => Array.from({ length }, (_, index) => `${name}${index}`);

test('loses and doubles nothing, keeps the order within a source, whatever the weights', async () => {
  const lengths = fc.array(fc.nat(8), { maxLength: 4 });
  const property = fc.asyncProperty(lengths, fc.integer(), async (sizes, seed) => {
    const lists = sizes.map((size, at) => fill(size, 'abcd'[at]!));
    const weights = sizes.map((_, at) => at + 0.5);
    const slow = lists.map((list) => scriptedSource(list, { readMs: (index) => index % 2 }));
    const mixed = await lastValueFrom(pipeline(mixSources(slow, { weights, seed }), toArray()));
    lists.forEach((list, at) => {
      expect(mixed.filter((item) => item.startsWith('abcd'[at]!))).toEqual(list);
    });
    expect(mixed).toHaveLength(lists.flat().length);
    // However fast they are.
    expect(await lastValueFrom(pipeline(mixSources(lists, { weights, seed }), toArray()))).toEqual(mixed);
    expect(slow.every(({ closed }) => closed === 1)).toBe(true);
  });
  await fc.assert(property, { numRuns: 30 });
});

test('draws in proportion to the weights', async () => {
  const lists = [fill(3000, 'a'), fill(3000, 'b')];
  const mixed = await lastValueFrom(pipeline(mixSources(lists, { weights: [3, 1], seed: 1 }), toArray()));
  const share = mixed.slice(0, 3000).filter((item) => item.startsWith('a')).length / 3000;
  expect(share).toBeCloseTo(0.75, 1);
});

test.each([
  { weights: [1], seed: 1 },
  { weights: [1, 0], seed: 1 },
  { weights: [1, Number.NaN], seed: 1 },
  { seed: 0.5 },
])('refuses %j', (options) => {
  expect(() => mixSources([[1], [2]], options)).toThrow(OptionError);
});
