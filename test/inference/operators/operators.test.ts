// encode, reconstruct and score: what they add, what they leave, and that the bound of a pipeline holds.
import { firstValueFrom, lastValueFrom, type OperatorFunction, toArray } from 'rxjs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/data/batch.js';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { checkBound } from '../../../src/exports/testing.js';
import { Model } from '../../../src/inference/model.js';
import { encode } from '../../../src/inference/operators/encode.js';
import { reconstruct } from '../../../src/inference/operators/reconstruct.js';
import { score } from '../../../src/inference/operators/score.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { addNoise } from '../../../src/streams/operators/addNoise.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const pixels = Uint8Array.from({ length: 25 * 16 }, (_, at) => (at * 37) % 256);
const images = memoryDataset({ shape: [4, 4, 1], pixels, labels: pixels.subarray(0, 25) });

const batchOfImages = (): Batch => ({
  pixels: pixels.subarray(0, 160),
  shape: [10, 4, 4, 1],
  length: 10,
  indices: Uint32Array.from({ length: 10 }, (_, at) => at),
  epoch: 1,
  index: 0,
});

describe('the operator', async () => {
  const model = new Model(await createEngine({ network: checkArchitecture(TINY_NETWORK), threads: 1 }));
  afterAll(() => model.dispose());
  const first = pixels.subarray(0, 160);

  test('encode adds latents', async () => {
    const batch = await firstValueFrom(pipeline(images.batches({ size: 10 }), encode(model)));
    expect([batch.latents, batch.latentShape]).toEqual([model.encode(first), [2]]);
    expect([batch.pixels, batch.labels]).toEqual([first, pixels.subarray(0, 10)]);
  });

  test('reconstruct adds reconstructions', async () => {
    const batches = await lastValueFrom(pipeline(images.batches({ size: 10 }), reconstruct(model), toArray()));
    expect(batches.map(({ reconstruction }) => reconstruction.length)).toEqual([160, 160, 80]);
    expect(batches[0]!.reconstruction).toEqual(model.reconstruct(first));
  });

  test('reconstruct gives bytes where it is asked to', async () => {
    const bytes = reconstruct(model, { dtype: 'uint8' });
    const { reconstruction } = await firstValueFrom(pipeline(images.batches({ size: 10 }), bytes));
    const rounded = Uint8Array.from(model.reconstruct(first), (value) => Math.round(255 * value));
    expect(reconstruction).toEqual(rounded);
    expect(() => reconstruct(model, { dtype: 'int8' as 'uint8' })).toThrow('Did you mean uint8?');
  });

  test('score adds losses, against the target where there is one, and computes no reconstruction twice', async () => {
    const noisy = pipeline(images.batches({ size: 10 }), addNoise({ factor: 0.5, seed: 1 }), score(model));
    const { losses, target, pixels: input, reconstruction } = await firstValueFrom(noisy);
    expect(losses).toEqual(model.lossesOf(model.reconstruct(input), target!));
    expect(losses).not.toEqual(model.score(input));
    expect(reconstruction).toEqual(model.reconstruct(input));
    const given = { ...batchOfImages(), reconstruction: new Float32Array(160) };
    const reused = await firstValueFrom(pipeline([given], score(model)));
    expect(reused.losses).toEqual(model.lossesOf(given.reconstruction, first));
  });

  test.each([
    ['encode', encode],
    ['reconstruct', reconstruct],
    ['score', score],
  ] as [string, (model: Model) => OperatorFunction<Batch, Batch>][])(
    '%s keeps the bound and refuses images of another shape',
    async (_, operator) => {
      const batch = batchOfImages();
      const { emitted, maxInFlight } = await checkBound(operator(model), { items: Array(12).fill(batch) });
      expect([emitted, maxInFlight <= 4]).toEqual([12, true]);
      const turned: Batch = { ...batch, shape: [10, 2, 8, 1] };
      await expect(lastValueFrom(pipeline([turned], operator(model)))).rejects.toMatchObject({ code: 'MODEL_INPUT' });
    },
  );
});
