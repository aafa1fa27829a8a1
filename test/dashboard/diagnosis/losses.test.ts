// The rules that look at the losses alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oscillation } from '../../../src/dashboard/diagnosis/oscillation.js';
import { spikes } from '../../../src/dashboard/diagnosis/spikes.js';
import { uniform } from '../../../src/random.js';
import { cases } from '../../fixtures/laws.js';
import { trendOf, well } from './symptoms.js';

const noisy = (length: number, loss: (step: number) => number, noise = 0.2, seed = 1): number[] => {
  const random = uniform(seed);
  return Array.from({ length }, (_, step) => loss(step) * (1 + noise * (2 * random() - 1)));
};

test('a loss that goes up and down by half swings', () => {
  const trend = trendOf(noisy(1200, (step) => (Math.floor(step / 100) % 2 === 0 ? 0.02 : 0.03)));
  expect(oscillation({ ...well, trend })?.sentences[1]).toMatch(/^the loss swings between 0.0[12]\d+ and 0.03\d+$/);
});

test('losses of batches that differ by half, around a falling mean, neither swing nor have spikes', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 0.5 }), (seed, noise) => {
      const trend = trendOf(noisy(1500, (step) => 0.01 + 0.2 * Math.exp(-step / 200), noise, seed));
      expect([oscillation({ ...well, trend }), spikes({ ...well, trend })]).toEqual([undefined, undefined]);
    }),
    { numRuns: cases(50) },
  );
});

test('three single losses far above the others are spikes, a higher loss is none', () => {
  const losses = noisy(1000, () => 0.02);
  const jumps = (at: readonly number[]): number[] => losses.map((loss, place) => (at.includes(place) ? 0.2 : loss));
  expect(spikes({ ...well, trend: trendOf(jumps([400, 600, 899])) })).toMatchObject({ rule: 'spikes', step: 900 });
  expect(spikes({ ...well, trend: trendOf(jumps([400, 600])) })).toBeUndefined();
  const higher = losses.map((loss, place) => (place > 400 ? loss * 5 : loss));
  expect(spikes({ ...well, trend: trendOf(higher) })).toBeUndefined();
});

test('spikes of long ago are over', () => {
  const losses = noisy(2500, () => 0.02).map((loss, place) => ([300, 400, 500].includes(place) ? 0.2 : loss));
  expect(spikes({ ...well, trend: trendOf(losses) })).toBeUndefined();
});
