// Latents that are fitted, drawn and lie between two.
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { afterAll, describe, expect, test } from 'vitest';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { fitLatents } from '../../../src/inference/generation/fitLatents.js';
import { interpolateLatents } from '../../../src/inference/generation/interpolateLatents.js';
import { sampleLatents } from '../../../src/inference/generation/sampleLatents.js';
import { Model } from '../../../src/inference/model.js';
import { decode } from '../../../src/inference/operators/decode.js';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { CovarianceTally } from '../../../src/statistics/covarianceTally.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const VARIATIONAL: Architecture = {
  ...TINY_NETWORK,
  name: 'drawn',
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 4 }, { type: 'variational' }],
};
const LINEAR: Architecture = { ...TINY_NETWORK, encoder: [{ type: 'flatten' }, { type: 'dense', units: 2 }] };

const modelOf = async (architecture: Architecture): Promise<Model> => {
  const model = new Model(await createEngine({ network: checkArchitecture(architecture), threads: 1 }));
  afterAll(() => model.dispose());
  return model;
};
const pixels = Uint8Array.from({ length: 50 * 16 }, (_, at) => (at * 37 + (at >> 4) * 11) % 256);
const images = memoryDataset({ shape: [4, 4, 1], pixels });

/** All latents of a source, one after the other. */
async function latentsOf(source: ReturnType<typeof sampleLatents>): Promise<number[]> {
  const batches = await lastValueFrom(pipeline(source, toArray()));
  return batches.flatMap(({ latents }) => [...latents]);
}

const close = (one: ArrayLike<number>, other: ArrayLike<number>, distance: number): boolean =>
  Array.from(one).every((value, at) => Math.abs(value - other[at]!) < distance);

describe('latents', async () => {
  const [model, variational] = [await modelOf(LINEAR), await modelOf(VARIATIONAL)];

  test('are fitted by their mean and covariance, whatever the batches', async () => {
    const told: number[] = [];
    const spread = await fitLatents(model, images.batches({ size: 7 }), { onItems: (items) => told.push(items) });
    const tally = new CovarianceTally(2);
    tally.add(model.encode(pixels));
    expect(spread).toEqual({ items: 50, ...tally.result() });
    expect([told[0], told.at(-1)]).toEqual([7, 50]);
    await expect(fitLatents(model, images.take(1).batches())).rejects.toMatchObject({ code: 'DATA_EMPTY' });
  });

  test('end being fitted on abort', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fitLatents(model, images.batches(), { signal })).rejects.toThrow('enough');
  });

  test('are drawn with the mean and the covariance that are given', async () => {
    const spread = { mean: Float64Array.of(3, -1), covariance: Float64Array.of(4, -1.2, -1.2, 0.5) };
    const tally = new CovarianceTally(2);
    tally.add(Float32Array.from(await latentsOf(sampleLatents(model, { count: 20_000, seed: 5, spread }))));
    const { mean, covariance } = tally.result();
    expect([close(mean, spread.mean, 0.05), close(covariance, spread.covariance, 0.1)]).toEqual([true, true]);
  });

  test('of a variational network are drawn from N(0, 1)', async () => {
    const tally = new CovarianceTally(2);
    tally.add(Float32Array.from(await latentsOf(sampleLatents(variational, { count: 20_000 }))));
    const { mean, covariance } = tally.result();
    expect([close(mean, [0, 0], 0.03), close(covariance, [1, 0, 0, 1], 0.04)]).toEqual([true, true]);
  });

  test('are the same for a seed: more of them begin alike, in any batches', async () => {
    const drawn = (options: object) => latentsOf(sampleLatents(variational, options));
    const ten = await drawn({ count: 10, seed: 3 });
    expect(ten).toHaveLength(20);
    expect((await drawn({ count: 25, seed: 3, size: 4 })).slice(0, 20)).toEqual(ten);
    expect(await drawn({ count: 10, seed: 4 })).not.toEqual(ten);
    // Ten values of four are none twice.
    expect(new Set(ten).size).toBe(20);
  });

  test('along the line between two are evenly spaced, both ends among them', async () => {
    const [from, to] = [Float32Array.of(0, 8), Float32Array.of(1, 0)];
    const between = interpolateLatents(model, { from, to, steps: 5, size: 2 });
    expect(await latentsOf(between)).toEqual([0, 8, 0.25, 6, 0.5, 4, 0.75, 2, 1, 0]);
    // A source opens again.
    expect(await latentsOf(between)).toHaveLength(10);
  });

  test('become images by decode', async () => {
    const batch = await firstValueFrom(pipeline(sampleLatents(variational, { count: 3 }), decode(variational)));
    expect(batch.reconstruction).toEqual(variational.decode(batch.latents));
    expect([batch.length, batch.latentShape]).toEqual([3, [2]]);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      'no spread',
      () => sampleLatents(model),
      /^spread: expected mean and covariance of latents, since this network is not/,
    ],
    [
      'a spread of others',
      () => sampleLatents(model, { spread: { mean: new Float64Array(3), covariance: new Float64Array(9) } }),
      /^spread: expected mean and covariance of 2 values/,
    ],
    ['no count', () => sampleLatents(variational, { count: 0 }), /^count: expected a whole number, 1 or more, found 0/],
    ['half a seed', () => sampleLatents(variational, { seed: 0.5 }), /^seed: expected a whole number, 0 to 4294967295/],
    [
      'one step',
      () => interpolateLatents(model, { from: new Float32Array(2), to: new Float32Array(2), steps: 1 }),
      /^steps: expected a whole number, 2 or more/,
    ],
    [
      'an end that is none',
      () => interpolateLatents(model, { from: new Float32Array(2), to: new Float32Array(3) }),
      /^to: expected a Float32Array of 2 values/,
    ],
  ])('are refused: %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

test('latents whose covariance would not fit are refused before an image is read', async () => {
  const model = await modelOf({
    name: 'wide',
    input: [65, 64, 1],
    encoder: [{ type: 'conv2d', filters: 1, kernelSize: 1 }],
    decoder: [{ type: 'conv2d', filters: 1, kernelSize: 1 }],
  });
  await expect(fitLatents(model, [])).rejects.toThrow('expected at most 4096 latents an image');
});
