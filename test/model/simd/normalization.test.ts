// Layers whose statistics span the batch: every gradient against a float64 reference, however images fall into shards and threads.
import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { planNetwork } from '../../../src/model/simd/plan/planNetwork.js';
import { isWhole } from '../../fixtures/laws.js';
import { expectReference } from './expectReference.js';
import { normalizedNetworks } from './normalizedNetworks.js';

test.each(normalizedNetworks)('computes $name', async (architecture) => {
  const network = checkArchitecture(architecture);
  // Of few values the gradients cancel each other but for a rest.
  const tolerance = 3e-5;
  if (isWhole) await expectReference(network, { items: 5, seed: 9, tolerance });
  await expectReference(network, { items: 11, seed: 10, isDark: true, isDenoising: true, threads: 2, tolerance });
});

test('refuses a batch that its memory has no room for, and evaluates as many images as there are', async () => {
  const network = checkArchitecture({
    name: 'wide',
    input: [256, 256, 1],
    encoder: [{ type: 'conv2d', filters: 64, kernelSize: 1, strides: 1 }, { type: 'batchNormalization' }],
    decoder: [{ type: 'conv2d', filters: 1, kernelSize: 1 }],
  });
  const engine = await createEngine({ network, engine: 'simd', threads: 1 });
  const batch = { pixels: new Uint8Array(16 * 256 * 256), length: 16 };
  expect(() => engine.trainStep(batch)).toThrow(
    "a batch normalization needs all images of a batch in memory at once: expected a batch of at most 15 images of this network, found 16 images. Use batches of 15 images or fewer, or the engine 'tfjs'.",
  );
  expect(engine.step).toBe(0);
  expect(engine.evaluate({ pixels: batch.pixels.subarray(0, 256 * 256), length: 1 }).items).toBe(1);
  engine.dispose();
});

test('plans what it needs of the batch between its passes', () => {
  const network = checkArchitecture(normalizedNetworks[0]!);
  const { steps } = planNetwork(network, { threads: 1, slots: 0, loss: chooseLoss({}) });
  const kernelsOf = (name: string) => steps.flatMap(({ layers, kernel }) => (layers === name ? [kernel] : []));
  expect(kernelsOf('encoder.1 + encoder.2')).toEqual([
    ...['channelSums', 'batchStatistics', 'normalizePool'],
    ...['activationGradient', 'pooledScaleGradient', 'gradientMeans', 'pooledNormalizationGradient'],
  ]);
  expect(kernelsOf('decoder.1')).toEqual([
    ...['channelSums', 'batchStatistics', 'normalize', 'activate'],
    ...['activationGradient', 'scaleGradient', 'gradientMeans', 'normalizationGradient'],
  ]);
});
