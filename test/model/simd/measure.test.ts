import { expect, test } from 'vitest';
import { imageMeasures } from '../../../src/inference/imageMeasures.js';
import { toBytes } from '../../../src/inference/pictureBatch.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import type { LossText } from '../../../src/model/losses/lossSum.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { preset } from '../../../src/model/presets/presets.js';
import { firstCases } from '../../fixtures/laws.js';

/** Its output is padded to whole vectors. */
const COLOUR = checkArchitecture({
  name: 'colour',
  input: [12, 13, 3],
  encoder: [{ type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' }],
  decoder: [{ type: 'conv2d', filters: 3, kernelSize: 3, padding: 'same', activation: 'sigmoid' }],
});
const GREY = checkArchitecture(preset('transpose', [28, 28, 1]));

const measured: readonly [LossText, typeof GREY][] = [
  ['huber+0.5*ssim', GREY],
  ['mae', COLOUR],
  ['mse', COLOUR],
  ['mse', GREY],
  ['bce', GREY],
  ['ssim', COLOUR],
];

test.each(firstCases(measured, 3))('measures each image by %s as the formulas do', async (loss, network) => {
  const engine = await createEngine({ network, threads: 2, loss });
  const [height, width, channels] = network.architecture.input;
  const size = height * width * channels;
  // More than a job takes of the larger ones, so that places in a job are not those in the batch.
  const length = 300;
  const pixels = Uint8Array.from({ length: length * size }, (_, at) => (at * 37 + (at >> 7)) % 256);
  const target = pixels.map((value, at) => (at % 5 === 0 ? 255 - value : value));
  for (const compared of [pixels, target]) {
    const measured = engine.measure!({ pixels, target: compared, length }, { similarity: true });
    const expected = imageMeasures(
      engine.reconstruct(pixels),
      compared,
      [height, width, channels],
      chooseLoss({ loss }),
      {
        similarity: true,
      },
    );
    for (const name of ['losses', 'meanSquaredErrors', 'similarities'] as const)
      expect(largestDifference(measured[name]!, expected[name]!)).toBeLessThan(2e-6);
  }
  expect(engine.measure!({ pixels, length })).toEqual({
    losses: engine.measure!({ pixels, length }, { similarity: true }).losses,
    meanSquaredErrors: expect.any(Float32Array),
  });
  expect(engine.reconstructBytes!(pixels)).toEqual(toBytes(engine.reconstruct(pixels)));
  engine.dispose();
});

function largestDifference(one: Float32Array, other: Float32Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);
}
