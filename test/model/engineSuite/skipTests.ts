import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import type { Create } from './engineSuiteOptions.js';
import { randomImages } from './measure.js';

const convolution = (filters: number): Layer => ({
  type: 'conv2d',
  filters,
  kernelSize: 3,
  padding: 'same',
  activation: 'tanh',
});

/** Within the encoder and within the decoder, and from the latent itself. */
const residual = checkArchitecture({
  name: 'residual',
  input: [4, 6, 1],
  encoder: [convolution(3), convolution(3), { type: 'add', from: 'encoder.0' }],
  decoder: [convolution(3), { type: 'add', from: 'encoder.2' }, convolution(1), { type: 'add', from: 'decoder.2' }],
});

/** Past the latent. */
const bypassed = checkArchitecture({
  name: 'bypassed',
  input: [4, 6, 1],
  encoder: [convolution(3), { type: 'maxPooling2d', poolSize: 2 }],
  decoder: [{ type: 'upSampling2d', size: 2 }, { type: 'concatenate', from: 'encoder.0' }, convolution(1)],
});

export function skipTests(create: Create): void {
  test('decodes where skip connections stay on one side of the latent', async () => {
    const engine = await create({ network: residual, weights: initialWeights(residual, 1) });
    const images = randomImages(residual, 3);
    expect(engine.decode(engine.encode(images))).toEqual(engine.reconstruct(images));
  });

  test('refuses to decode where they lead past it, and does all else', async () => {
    const engine = await create({ network: bypassed, weights: initialWeights(bypassed, 1) });
    const images = randomImages(bypassed, 3);
    const latents = engine.encode(images);
    expect(latents).toHaveLength(3 * 18);
    expect(() => engine.decode(latents)).toThrow(
      expect.objectContaining({
        code: 'ENGINE_UNSUPPORTED',
        message:
          'decode: decoder.1 (concatenate) also reads encoder.0, which latents do not hold. Use reconstruct, which makes images of images.',
      }),
    );
    const reconstruction = engine.reconstruct(images);
    const errors = reconstruction.map((value, at) => (value - images[at]!) ** 2);
    const { loss } = engine.evaluate({ pixels: images, length: 3 });
    expect(loss).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 6);
  });

  test.each([residual, bypassed])('goes on with the same bits: $architecture.name', async (network) => {
    const engine = await create({ network, weights: initialWeights(network, 1) });
    trained(engine);
    const resumed = await create({ network, weights: engine.weights() });
    resumed.setOptimizerState(engine.optimizerState());
    expect(trained(resumed)).toEqual(trained(engine));
    expect(resumed.weights()).toEqual(engine.weights());
  });
}

function trained(engine: Engine): readonly number[] {
  return [1, 2, 3].map((seed) => engine.trainStep({ pixels: randomImages(engine.network, 4, seed), length: 4 }));
}
