// Runs with a known trouble, or with none. `finding` is the rule that should come first; nothing for a run that is well.
import { convolutional, dense, linear } from './networks.js';
import { inBlocks, invertedEvery, rateFrom, slowly, withDeadChannels } from './parts.js';

/** The rules were made with these in view. */
export const TUNING = [
  { name: 'healthy', finding: undefined, config: { limit: 4000, epochs: 6 } },
  { name: 'denoise', finding: undefined, config: { architecture: 'upsample', noise: 0.5, limit: 4000, epochs: 6 } },
  { name: 'overfit', finding: 'overfitting', config: { architecture: dense(256, 64), limit: 200, epochs: 120 } },
  { name: 'underfit', finding: 'underfitting', config: { architecture: dense(64, 1), limit: 3000, epochs: 10 } },
  {
    name: 'slow-rate',
    finding: 'underfitting',
    config: { learningRate: 1e-6, limit: 3000, epochs: 8 },
  },
  {
    name: 'dead-channels',
    finding: 'deadChannels',
    config: { architecture: 'transpose', limit: 3000, epochs: 6 },
    parts: () => withDeadChannels(2, 'encoder.2'),
  },
  {
    name: 'collapsed',
    finding: 'collapse',
    config: { architecture: dense(128, 16), learningRate: 0.3, limit: 3000, epochs: 8 },
  },
  { name: 'rate-of-5', finding: 'collapse', config: { learningRate: 5, limit: 3000, epochs: 8 } },
  {
    name: 'diverged',
    finding: 'divergence',
    config: { architecture: linear(32, 8), learningRate: 0.5, limit: 3000, epochs: 6 },
  },
  {
    name: 'blow-up',
    finding: 'divergence',
    config: { architecture: linear(64, 16), limit: 4000, epochs: 5 },
    parts: () => rateFrom(450, 1),
  },
  {
    name: 'oscillating',
    finding: 'oscillation',
    config: { architecture: dense(64, 16), limit: 4000, epochs: 6 },
    parts: () => inBlocks(120, 0.6),
  },
  {
    name: 'spikes',
    finding: 'spikes',
    config: { limit: 4000, epochs: 6 },
    parts: () => invertedEvery(90),
  },
  { name: 'starved', finding: 'inputBound', config: { limit: 2000, epochs: 3 }, parts: () => slowly(25), timed: true },
  {
    name: 'tiny-data',
    finding: 'tinyData',
    config: { architecture: dense(64, 16), limit: 10, epochs: 200, batchSize: 5 },
  },
  { name: 'no-test-set', finding: 'noTestData', config: { data: 'images', limit: 3000, epochs: 5 } },
];

/** And judged once with these: other seeds, learning rates and networks. */
export const JUDGING = [
  {
    name: 'healthy',
    finding: undefined,
    config: {
      architecture: convolutional(8, 24),
      learningRate: 0.002,
      shuffle: true,
      limit: 5000,
      epochs: 5,
      seed: 11,
    },
  },
  {
    name: 'denoise',
    finding: undefined,
    config: { architecture: dense(200, 40), noise: 0.3, learningRate: 0.0007, limit: 4000, epochs: 6, seed: 12 },
  },
  {
    name: 'overfit',
    finding: 'overfitting',
    config: { architecture: convolutional(12, 128), learningRate: 0.002, limit: 300, epochs: 150, seed: 13 },
  },
  {
    name: 'underfit',
    finding: 'underfitting',
    config: {
      architecture: convolutional(4, 1, { activation: 'tanh' }),
      learningRate: 0.002,
      limit: 4000,
      epochs: 9,
      seed: 14,
    },
  },
  {
    name: 'slow-rate',
    finding: 'underfitting',
    config: { architecture: 'upsample', learningRate: 3e-6, limit: 4000, epochs: 7, seed: 15 },
  },
  {
    name: 'dead-channels',
    finding: 'deadChannels',
    config: { architecture: dense(96, 12), learningRate: 0.0015, limit: 4000, epochs: 6, seed: 16 },
    parts: () => withDeadChannels(5, 'encoder.2'),
  },
  {
    name: 'collapsed',
    finding: 'collapse',
    config: { architecture: convolutional(6, 20), learningRate: 0.6, limit: 4000, epochs: 7, seed: 17 },
  },
  {
    name: 'rate-of-2',
    finding: 'collapse',
    config: { architecture: 'upsample', learningRate: 2, limit: 4000, epochs: 6, seed: 18 },
  },
  {
    name: 'diverged',
    finding: 'divergence',
    config: { architecture: linear(100, 20), learningRate: 2, limit: 4000, epochs: 5, seed: 19 },
  },
  {
    name: 'blow-up',
    finding: 'divergence',
    config: {
      architecture: convolutional(8, 16, { activation: 'linear', last: 'linear' }),
      learningRate: 0.002,
      limit: 5000,
      epochs: 5,
      seed: 20,
    },
    parts: () => rateFrom(700, 0.5),
  },
  {
    name: 'oscillating',
    finding: 'oscillation',
    config: { architecture: 'upsample', learningRate: 0.002, limit: 5000, epochs: 6, seed: 21 },
    parts: () => inBlocks(150, 0.5),
  },
  {
    name: 'spikes',
    finding: 'spikes',
    config: { architecture: convolutional(8, 32), learningRate: 0.0015, limit: 5000, epochs: 5, seed: 22 },
    parts: () => invertedEvery(140),
  },
  {
    name: 'starved',
    finding: 'inputBound',
    config: { architecture: 'upsample', limit: 3000, epochs: 2, seed: 23 },
    parts: () => slowly(40),
    timed: true,
  },
  {
    name: 'tiny-data',
    finding: 'tinyData',
    config: { limit: 24, epochs: 150, batchSize: 8, learningRate: 0.003, seed: 24 },
  },
  {
    name: 'not-finite',
    finding: 'notFinite',
    config: { architecture: linear(40, 10), learningRate: 1e15, limit: 2000, epochs: 4, seed: 25 },
  },
];
