import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

/** The least float32 that is not denormal. */
const LEAST = 2 ** -126;

test('moments whose gradient is zero for thousands of updates end at zero, and are never denormal', async () => {
  const network = checkArchitecture(TINY_NETWORK);
  // No relu lets anything through: its own weights and those behind it have gradients of zero.
  const weights = filled(initialWeights(network, 1), (name, value) => (name === 'encoder.1.bias' ? -100 : value));
  const engine = await createEngine({ network, weights, engine: 'simd', threads: 1 });
  const still = ['encoder.1.weight', 'encoder.1.bias', 'decoder.0.weight'];
  engine.setOptimizerState({
    step: 1000,
    slots: {
      firstMoments: filled(weights, (_, value) => Math.sign(value) * 1e-20),
      secondMoments: filled(weights, () => 1e-36),
    },
  });
  const batch = { pixels: new Float32Array(16).fill(0.25), length: 1 };
  for (let step = 0; step < 4000; step++) {
    engine.trainStep(batch);
    if (step % 20 > 0) continue;
    const { firstMoments, secondMoments } = engine.optimizerState().slots;
    for (const name of still)
      for (const { data } of [firstMoments!.get(name)!, secondMoments!.get(name)!])
        expect(data.find((moment) => moment !== 0 && Math.abs(moment) < LEAST)).toBeUndefined();
  }
  const { firstMoments, secondMoments } = engine.optimizerState().slots;
  for (const name of still)
    for (const { data } of [firstMoments!.get(name)!, secondMoments!.get(name)!])
      expect(data.every((moment) => moment === 0)).toBe(true);
  expect(engine.weights().get('decoder.0.bias')).not.toEqual(weights.get('decoder.0.bias'));
  engine.dispose();
});

function filled(tensors: NamedTensors, value: (name: string, value: number) => number): NamedTensors {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.map((old) => value(name, old)) }]),
  );
}
