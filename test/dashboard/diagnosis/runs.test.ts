// The runs that the rules were made with; those that judge them are in docs/RESULTS.md.
import { expect, test } from 'vitest';
import { alertsOf } from '../../../src/dashboard/diagnosis/alerts.js';
import { initialState, reduceAll } from '../../../src/dashboard/state.js';
import { keptRun } from '../../fixtures/runs.js';

test.each([
  ['healthy', undefined],
  ['denoise', undefined],
  ['overfit', 'overfitting'],
  ['underfit', 'underfitting'],
  ['slow-rate', 'underfitting'],
  ['dead-channels', 'deadChannels'],
  ['collapsed', 'collapse'],
  ['rate-of-5', 'collapse'],
  ['diverged', 'divergence'],
  ['blow-up', 'divergence'],
  ['oscillating', 'oscillation'],
  ['spikes', 'spikes'],
  ['starved', 'inputBound'],
  ['tiny-data', 'tinyData'],
  ['no-test-set', 'noTestData'],
])('the run %s: %s', (name, rule) => {
  const { alerts } = reduceAll(initialState, keptRun(name));
  expect(alertsOf(alerts)[0]?.rule).toBe(rule);
});
