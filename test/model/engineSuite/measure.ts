import { expect } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { shapeSize } from '../../../src/model/layers/definition/layerShape.js';
import { uniform } from '../../../src/random.js';

/** Values 0..1, others for each seed. */
export function randomImages({ architecture: { input } }: Network, items: number, seed = 5): Float32Array {
  const next = uniform(seed);
  return Float32Array.from({ length: items * shapeSize(input) }, next);
}

/** Adam's first moments after one update are a tenth of the gradients. */
export function firstGradients(engine: Engine): ReadonlyMap<string, Float32Array> {
  const { firstMoments } = engine.optimizerState().slots;
  return new Map([...firstMoments!].map(([name, { data }]) => [name, data.map((moment) => moment / 0.1)]));
}

/** The largest difference as a share of the largest expected value. */
export function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(found[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return difference === 0 ? 0 : difference / largest;
}
