import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { sampleImages } from '../../../src/training/samples/sampleImages.js';

const network = checkArchitecture({
  name: 'bypassed',
  input: [2, 2, 1],
  encoder: [
    { type: 'conv2d', filters: 2, kernelSize: 1 },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'upSampling2d', size: 2 },
    { type: 'concatenate', from: 'encoder.0' },
    { type: 'conv2d', filters: 1, kernelSize: 1, activation: 'sigmoid' },
  ],
});

test('a network whose latents alone make no image has samples of its reconstruction, and its latents beside them', async () => {
  const engine = await createEngine({ network, threads: 1 });
  const pixels = Uint8Array.of(0, 50, 100, 200);
  const indices = Uint32Array.of(0);
  const batch = { pixels, shape: [1, 2, 2, 1] as const, length: 1, indices, epoch: 1, index: 0 };
  const { items, latentShape } = sampleImages(engine, batch, 'test');
  const bytes = Uint8ClampedArray.from(engine.reconstruct(pixels), (value) => value * 255);
  expect(items[0]!.reconstruction).toBe(Buffer.from(bytes).toString('base64'));
  expect(latentShape).toEqual([1, 1, 2]);
  expect(items[0]!.latent).toBeDefined();
  engine.dispose();
});
