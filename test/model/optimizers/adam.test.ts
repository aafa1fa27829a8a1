import { expect, test } from 'vitest';
import { adam } from '../../../src/model/optimizers/adam.js';
import { chooseOptimizer } from '../../../src/model/optimizers/optimizerOptions.js';

/** Weights of 1 after updates with these gradients. */
function updated(learningRate: number, ...gradients: readonly (readonly number[])[]): readonly number[] {
  const { settings } = chooseOptimizer({});
  const [weight, first, second] = [1, 0, 0].map((value) => new Float32Array(3).fill(value));
  for (const [index, gradient] of gradients.entries())
    adam.update(settings, index + 1, learningRate).apply(weight!, new Float32Array(gradient), [first!, second!]);
  return [...weight!];
}

test('moves a weight by the learning rate at first, whatever the size of its gradient', () => {
  const weight = updated(0.1, [5, -0.001, 0]);
  expect(weight[0]).toBeCloseTo(0.9, 6);
  // ε is 1e-8 beside a gradient of 1e-3; beside the uncorrected second moment it would stop 3e-5 earlier.
  expect(weight[1]).toBeCloseTo(1.1, 5);
  expect(weight[2]).toBe(1);
});

test('adds ε to the root after its correction', () => {
  const weight = updated(0.01, [1e-8, 0.5, -2], [2e-8, -0.25, -2], [-1e-8, 0.125, 4]);
  const expected = [0.9866264, 0.9839323, 1.0192435];
  expect(weight).toEqual(expected.map((value) => expect.closeTo(value, 6)));
});
