import { expect, test } from 'vitest';
import { sampleInterval } from '../../src/run/sampleInterval.js';

test.each([
  ['the notebook’s run', { epochs: 30 }, 3000, 500],
  ['a long run', { epochs: 3000 }, 3000, 500],
  ['small data', { epochs: 300 }, 2, 3],
  ['a run of a few steps', { epochs: 2 }, 5, 1],
  ['a stream of unknown length', { epochs: 1 }, undefined, 500],
  ['what was asked for', { epochs: 30, sampleEvery: 7 }, 3000, 7],
])('%s', (_, config, stepsPerEpoch, expected) => {
  expect(sampleInterval(config, stepsPerEpoch)).toBe(expected);
});
