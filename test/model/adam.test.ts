import { expect, test } from 'vitest';
import { adamUpdate, freshOptimizer } from '../../src/model/adam.js';
import type { NamedTensors } from '../../src/model/engine.js';

const weights = (): NamedTensors => new Map([['w', { shape: [3], data: new Float32Array([1, 1, 1]) }]]);
const gradients = (...values: number[]) => new Map([['w', new Float32Array(values)]]);

test('moves a weight by the learning rate at first, whatever the size of its gradient', () => {
  const updated = weights();
  const state = adamUpdate(updated, gradients(5, -0.001, 0), freshOptimizer(updated), 0.1);
  const { data } = updated.get('w')!;
  expect(data[0]).toBeCloseTo(0.9, 6);
  // ε is 1e-8 beside a gradient of 1e-3; beside the uncorrected second moment it would stop 3e-5 earlier.
  expect(data[1]).toBeCloseTo(1.1, 5);
  expect(data[2]).toBe(1);
  expect(state.step).toBe(1);
});

test('adds ε to the root after its correction', () => {
  const updated = weights();
  let state = freshOptimizer(updated);
  for (const values of [
    [1e-8, 0.5, -2],
    [2e-8, -0.25, -2],
    [-1e-8, 0.125, 4],
  ])
    state = adamUpdate(updated, gradients(...values), state, 0.01);
  const expected = [0.9866264, 0.9839323, 1.0192435];
  expect([...updated.get('w')!.data]).toEqual(expected.map((value) => expect.closeTo(value, 6)));
});
