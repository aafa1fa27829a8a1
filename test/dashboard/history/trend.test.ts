import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divergence } from '../../../src/dashboard/diagnosis/divergence.js';
import { notFinite } from '../../../src/dashboard/diagnosis/notFinite.js';
import { trendOf, well } from '../diagnosis/symptoms.js';

const of = (losses: readonly number[], learningRate = 0.001) => ({ ...well, trend: trendOf(losses), learningRate });
const falling = Array.from({ length: 1000 }, (_, step) => 0.01 + 0.2 / (1 + step / 20));

test('a loss that falls is no divergence, however steep it begins', () => {
  expect(divergence(of(falling))).toBeUndefined();
});

test('a single spike is no divergence', () => {
  expect(divergence(of([...falling, 0.5, ...falling.slice(-200)]))).toBeUndefined();
});

test('a loss that stays far above its lowest is, from the step where it left', () => {
  const found = divergence(of([...falling, ...new Array(400).fill(0.2)]));
  expect(found).toMatchObject({ severity: 'bad' });
  expect(found?.step).toBeGreaterThan(1000);
  expect(found?.step).toBeLessThan(1050);
  expect(found?.sentences[0]).toMatch(
    /^the loss is \d+\.\d times what it was at step 1,000 \(0\.01\d+\), since step 1,0/,
  );
});

test('a loss above that before training is one from the beginning', () => {
  const found = divergence(of([0.1, ...Array.from({ length: 400 }, (_, step) => 900 - step)]));
  expect(found).toMatchObject({ step: 1 });
  expect(found?.sentences[1]).toMatch(/^the loss is 10\^3 times that before training$/);
});

test('it is over when the loss has come down again', () => {
  expect(divergence(of([...falling, ...new Array(300).fill(0.2), ...new Array(900).fill(0.011)]))).toBeUndefined();
});

test('the first loss that is not a number is remembered, whatever follows', () => {
  const found = notFinite(of([0.3, 0.2, Number.NaN, Number.POSITIVE_INFINITY, 0.1], 0.1));
  expect(found).toMatchObject({
    rule: 'notFinite',
    step: 3,
    severity: 'bad',
    sentences: [
      'the loss is NaN since step 3: try a learning rate below 0.1',
      'the loss is NaN since step 3',
      'NaN at 3',
    ],
  });
  expect(notFinite(of([0.3, 0.2], 0.1))).toBeUndefined();
});

test('says nothing of a run whose losses keep within a factor of two', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 0.02, noNaN: true }), { maxLength: 600 }), (losses) => {
      expect(divergence(of(losses))).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});
