import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCHEDULES, schedules } from '../../../src/training/schedules/schedules.js';
import { warmUp } from '../../../src/training/schedules/warmUp.js';
import { scheduleGolden } from '../../fixtures/golden.js';

describe("PyTorch's learning rates", () => {
  const golden = scheduleGolden();

  test.each(['step', 'cosine', 'one-cycle'] as const)('are those of %s', (name) => {
    const factorOf = schedules[name]({ steps: 20, stepsPerEpoch: 4, factor: 0.5, epochs: 2 });
    for (const [step, rate] of golden[name].entries())
      expect(factorOf({ step, plateaus: 0 }), `step ${step}`).toBeCloseTo(rate, 12);
  });
});

test('every schedule is finite, above 0 and at most 1, whatever is planned and however much longer it takes', () => {
  const settings = fc.record({
    steps: fc.integer({ min: 1, max: 1e6 }),
    stepsPerEpoch: fc.integer({ min: 1, max: 5000 }),
    factor: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
    epochs: fc.integer({ min: 1, max: 100 }),
  });
  const moment = fc.record({ step: fc.nat(2e5), plateaus: fc.nat(100) });
  const property = fc.property(fc.constantFrom(...SCHEDULES), settings, moment, (name, planned, at) => {
    // A step decay of half a rate an update would leave the numbers.
    const long = name === 'step' ? { ...planned, stepsPerEpoch: 5000 } : planned;
    const factor = schedules[name](long)(at);
    expect(factor).toBeGreaterThan(0);
    expect(factor).toBeLessThanOrEqual(1);
  });
  fc.assert(property, { numRuns: 300, seed: 4 });
});

test('a warm-up rises evenly to the whole rate, and is none without steps', () => {
  expect([0, 1, 2, 3, 4].map((step) => warmUp(step, 4))).toEqual([0.25, 0.5, 0.75, 1, 1]);
  expect(warmUp(0, 0)).toBe(1);
});
