import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divergence } from '../../../src/dashboard/diagnosis/divergence.js';
import { notFinite } from '../../../src/dashboard/diagnosis/notFinite.js';
import { addToTrend, emptyTrend, type Trend } from '../../../src/dashboard/history/trend.js';

const trendOf = (losses: readonly number[]): Trend =>
  addToTrend(
    emptyTrend,
    losses.map((loss, index) => ({ step: index + 1, loss })),
  );
const falling = Array.from({ length: 1000 }, (_, step) => 0.01 + 0.2 / (1 + step / 20));

test('a loss that falls is no divergence, however steep it begins', () => {
  expect(divergence(trendOf(falling))).toBeUndefined();
});

test('a single spike is no divergence', () => {
  expect(divergence(trendOf([...falling, 0.5, ...falling.slice(-200)]))).toBeUndefined();
});

test('a loss that stays far above its lowest is, from the step where it left', () => {
  const found = divergence(trendOf([...falling, ...new Array(400).fill(0.2)]));
  expect(found).toMatchObject({ tone: 'bad' });
  expect(found?.step).toBeGreaterThan(1000);
  expect(found?.step).toBeLessThan(1050);
  expect(found?.sentences[0]).toMatch(
    /^the loss is \d+\.\d times what it was at step 1,000 \(0\.01\d+\), since step 1,0/,
  );
});

test('it is over when the loss has come down again', () => {
  expect(divergence(trendOf([...falling, ...new Array(300).fill(0.2), ...new Array(900).fill(0.011)]))).toBeUndefined();
});

test('the first loss that is not a number is remembered, whatever follows', () => {
  const trend = trendOf([0.3, 0.2, Number.NaN, Number.POSITIVE_INFINITY, 0.1]);
  expect(notFinite(trend, 0.1)).toEqual({
    rule: 'notFinite',
    step: 3,
    tone: 'bad',
    sentences: [
      'the loss is NaN since step 3: try a learning rate below 0.1',
      'the loss is NaN since step 3',
      'NaN at 3',
    ],
  });
  expect(notFinite(trendOf([0.3, 0.2]), 0.1)).toBeUndefined();
});

test('says nothing of a run whose losses keep within a factor of two', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 0.02, noNaN: true }), { maxLength: 600 }), (losses) => {
      expect(divergence(trendOf(losses))).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});
