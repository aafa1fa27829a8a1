// One value through each activation, and its derivative: also far out, close to zero and where it is not finite.
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type Activation } from '../../../src/model/activations.js';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { firstGradients } from '../engineSuite/measure.js';
import { referenceStep } from '../engineSuite/referenceGradients.js';

const grid = [
  ...Array.from({ length: 61 }, (_, index) => (index - 30) / 3),
  ...[1e-6, -1e-6, 1e-20, -1e-20, -0.34, -0.35, 8.9, -8.9, 20, -20, 39, -39, 41, -41, 90, -90, 1e4, -1e4, 1e18, -1e18],
];
const unbounded = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

/** The latent is the activation of the pixel, and what comes out as well. */
const network = (activation: Activation) =>
  checkArchitecture({
    name: 'one value',
    input: [1, 1, 1],
    encoder: [{ type: 'conv2d', filters: 1, kernelSize: 1, activation }],
    decoder: [{ type: 'upSampling2d', size: 1 }],
  } satisfies Architecture);
const weights = new Map([
  ['encoder.0.weight', { shape: [1, 1, 1, 1], data: Float32Array.of(1) }],
  ['encoder.0.bias', { shape: [1], data: Float32Array.of(0) }],
]);

/** Those that lose no digits near zero. The others are one of a bounded function that is close to 1 or ½ there. */
const exact: readonly Activation[] = ['linear', 'relu', 'leakyRelu', 'elu', 'silu'];

describe.each(ACTIVATIONS)('%s', (activation) => {
  test('is its formula, and learns by its derivative', async () => {
    const checked = network(activation);
    const engine = await createEngine({ network: checked, weights, engine: 'simd', threads: 1 });
    const state = engine.optimizerState();
    for (const x of grid) {
      engine.setWeights(weights);
      engine.setOptimizerState(state);
      const batch = { pixels: Float32Array.of(x), length: 1, target: Float32Array.of(0.5) };
      const { output, gradients } = referenceStep(checked, weights, batch);
      const scale =
        exact.includes(activation) && Math.abs(x) < 9 ? Math.abs(output[0]!) : Math.max(1, Math.abs(output[0]!));
      expect(Math.abs(engine.encode(batch.pixels)[0]! - output[0]!), `value at ${x}`).toBeLessThanOrEqual(4e-7 * scale);
      if (Math.abs(x) > 1e9) continue;
      engine.trainStep(batch);
      const expected = gradients.get('encoder.0.bias')![0]!;
      const [found] = firstGradients(engine).get('encoder.0.bias')!;
      expect(Math.abs(found! - expected), `gradient at ${x}`).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected)));
    }
    engine.dispose();
  });

  test('goes where the formula goes with what is not finite', async () => {
    const engine = await createEngine({ network: network(activation), weights, engine: 'simd', threads: 1 });
    for (const x of unbounded) {
      const { output } = referenceStep(network(activation), weights, { pixels: [x], length: 1 });
      const [found] = engine.encode(Float32Array.of(x));
      if (Number.isFinite(output[0])) expect(found, `value at ${x}`).toBeCloseTo(output[0]!, 15);
      else expect(found, `value at ${x}`).toBe(output[0]);
    }
    engine.dispose();
  });
});
