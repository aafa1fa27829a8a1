// Runs that are well, drawn by a seed: networks, learning rates, batches and amounts of data in the usual range.
import { convolutional, dense } from './networks.js';

const NETWORKS = [
  'transpose',
  'upsample',
  'denoise',
  dense(64, 16),
  dense(128, 32),
  dense(96, 12),
  convolutional(8, 24),
  convolutional(6, 40),
];
const RATES = [0.0005, 0.0007, 0.001, 0.0015, 0.002, 0.003];

/** @param seed decides all of it, the run's own seed included */
export function healthyRun(seed) {
  const random = uniform(seed);
  const oneOf = (list) => list[Math.floor(random() * list.length)];
  const config = {
    seed,
    architecture: oneOf(NETWORKS),
    learningRate: oneOf(RATES),
    batchSize: oneOf([10, 20, 32]),
    limit: oneOf([1000, 2000, 3000]),
    epochs: oneOf([3, 5, 8]),
    shuffle: random() < 0.5,
    noise: random() < 0.3 ? 0.3 : 0,
  };
  return { name: `healthy-${seed}`, finding: undefined, config };
}

/** @see mulberry32 */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
