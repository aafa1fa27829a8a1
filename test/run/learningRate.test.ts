import { expect, test } from 'vitest';
import { resolveConfig } from '../../src/run/config.js';
import { learningRateOf, withPlannedSteps } from '../../src/run/learningRate.js';

const fresh = { plateaus: 0, rollbacks: 0 };

test('is the engine’s own where nothing changes it', () => {
  expect(learningRateOf(resolveConfig({}), fresh)).toBeUndefined();
});

test('halves with every time that the run went back, beside its schedule and its warm-up', () => {
  const config = resolveConfig({ schedule: 'plateau', scheduleFactor: 0.1, learningRateWarmUp: 2, learningRate: 0.8 });
  const rateOf = learningRateOf(config, { plateaus: 1, rollbacks: 2 })!;
  expect(rateOf(0)).toBeCloseTo(0.01, 12);
  expect(rateOf(1)).toBeCloseTo(0.02, 12);
});

test('takes all planned updates, unless another number is given', () => {
  const config = resolveConfig({ schedule: 'cosine', epochs: 3 });
  expect(withPlannedSteps(config, 50).scheduleSteps).toBe(150);
  expect(withPlannedSteps({ ...config, scheduleSteps: 70 }, 50).scheduleSteps).toBe(70);
  expect(withPlannedSteps(resolveConfig({}), 50)).not.toHaveProperty('scheduleSteps');
});

test.each([
  ['cosine', 'Give scheduleSteps, too'],
  ['one-cycle', 'Give scheduleSteps, too'],
  ['step', 'Take another schedule'],
] as const)('%s wants to know how many there are', (schedule, advice) => {
  const config = resolveConfig({ schedule });
  expect(() => withPlannedSteps(config, undefined)).toThrow(
    /^schedule: expected a schedule without an end: the data do not say/,
  );
  expect(() => withPlannedSteps(config, undefined)).toThrow(advice);
});
