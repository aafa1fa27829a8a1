import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { histogram } from '../../../src/events/measurements/histogram.js';
import { parseEvent } from '../../../src/events/ndjson.js';
import { createStamp } from '../../../src/events/stamp.js';

const stamp = createStamp({ run: 'a' });

test('counts what lies in bins of one width, the highest value in the last', () => {
  const { edges, counts } = histogram('h', Float32Array.of(0, 1, 2, 3, 4, Number.NaN, Number.POSITIVE_INFINITY), {
    bins: 4,
  });
  expect([edges, counts]).toEqual([
    [0, 1, 2, 3, 4],
    [1, 1, 1, 2],
  ]);
});

test('takes edges, and leaves out what lies outside', () => {
  expect(histogram('h', [-1, 0, 0.5, 3, 9, 10], { bins: [0, 1, 9] }).counts).toEqual([2, 2]);
});

test('values of any kind give a histogram that readers take, with every finite one in it', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(1e300, -1.7e308, 1.7e308, 5e-324, 1e17, 0));
  fc.assert(
    fc.property(fc.array(number), fc.integer({ min: 1, max: 1024 }), (values, bins) => {
      const body = histogram('h', values, { bins });
      expect(body.counts.reduce((sum, count) => sum + count, 0)).toBe(values.filter(Number.isFinite).length);
      expect(parseEvent(JSON.stringify(stamp(body, { epoch: 1, step: 1 })))).toMatchObject({ type: 'histogram' });
    }),
  );
});

test.each<[unknown, unknown, unknown]>([
  ['', [1], {}],
  ['h', 3, {}],
  ['h', [1], { bins: 0 }],
  ['h', [1], { bins: 1025 }],
  ['h', [1], { bins: [1] }],
  ['h', [1], { bins: [1, 1] }],
  ['h', [1], { bins: [0, Number.POSITIVE_INFINITY] }],
])('refuses %j, %j, %j', (name, values, options) => {
  expect(() => histogram(name as string, values as number[], options as { bins: number })).toThrow(OptionError);
});
