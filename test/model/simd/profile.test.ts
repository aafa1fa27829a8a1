import { describe, expect, test } from 'vitest';
import type { Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { latentSkip } from '../../../src/model/latentSkip.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../src/model/presets/presets.js';
import { firstCases, isWhole } from '../../fixtures/laws.js';
import { someBatch, someWeights } from './expectReference.js';
import { normalizedNetworks } from './normalizedNetworks.js';
import { specialNetworks } from './specialNetworks.js';

const presets = PRESETS.map((name) => checkArchitecture(preset(name, [28, 28, 1])));
/** Between them they have every kernel but average pooling's two, which keep nothing from call to call. */
const FEW = [
  'a second fused pooling of 16 channels into 8',
  'two fused poolings, 15 to 7 to 3',
  'upsampling first',
  'a reshape from image to image',
  'a fused pooling that a skip connection reads, too',
];
const special = specialNetworks.map((network) => checkArchitecture(network));
const normalized = checkArchitecture(normalizedNetworks[0]!);
const networks = isWhole
  ? [...presets, ...special, normalized]
  : [...special.filter(({ architecture }) => FEW.includes(architecture.name)), normalized];

const create = (network: Network, threads = 1) =>
  createEngine({ network, weights: someWeights(network, 1), engine: 'simd', threads });

describe.each(networks)('of the network $architecture.name a profile', (network) => {
  test.each(firstCases([3, 1], 1))('changes no bit of what is computed after it, with threads: %i', async (threads) => {
    const results = async (isProfiled: boolean) => {
      const engine = await create(network, threads);
      const batches = [20, 7, 1].map((items, seed) =>
        someBatch(network, { items, seed, isDark: seed === 1, isDenoising: seed === 2 }),
      );
      const computed = batches.map((batch, index) => {
        // On a batch of another size, seen before or not.
        if (isProfiled) engine.profile!(batches[(index + 1) % 3]!);
        const reconstruction = engine.reconstruct(batch.pixels);
        if (isProfiled) engine.profile!(batch);
        const { loss } = engine.evaluate(batch);
        if (isProfiled) engine.profile!(batches[2]!);
        return { reconstruction, loss, trained: engine.trainStep(batch) };
      });
      if (isProfiled) engine.profile!(batches[0]!);
      const result = { computed, weights: engine.weights(), state: engine.optimizerState() };
      engine.dispose();
      return result;
    };
    expect(await results(true)).toEqual(await results(false));
  });
});

test('tells the times of every layer, in the groups of the plan', async () => {
  const [network] = presets as [Network];
  const engine = await create(network);
  const batch = someBatch(network, { items: 20, seed: 1 });
  engine.trainStep(batch);
  const { layers, updateMicroseconds } = engine.profile!(batch);
  expect(layers.map((times) => times.layers)).toEqual([
    'input',
    'encoder.0 + encoder.1',
    'encoder.2 + encoder.3',
    'decoder.0',
    'decoder.1',
    'target',
    'loss',
  ]);
  const named = new Map(layers.map((times) => [times.layers, times]));
  for (const name of ['encoder.0 + encoder.1', 'decoder.1']) {
    expect(named.get(name)?.forwardMicroseconds).toBeGreaterThan(0);
    expect(named.get(name)?.backwardMicroseconds).toBeGreaterThan(0);
  }
  expect(named.get('loss')?.backwardMicroseconds).toBe(0);
  expect(updateMicroseconds).toBeGreaterThan(0);
  engine.dispose();
});

test('knows of no update before the first', async () => {
  const [network] = presets as [Network];
  const engine = await create(network);
  expect(engine.profile!(someBatch(network, { items: 2, seed: 1 })).updateMicroseconds).toBe(0);
  engine.dispose();
});

test('is refused for a batch of the wrong size and by an engine that is disposed of', async () => {
  const [network] = presets as [Network];
  const engine = await create(network);
  const { pixels } = someBatch(network, { items: 2, seed: 1 });
  expect(() => engine.profile!({ pixels, length: 3 })).toThrow(expect.objectContaining({ code: 'ENGINE_BATCH' }));
  engine.dispose();
  expect(() => engine.profile!({ pixels, length: 2 })).toThrow(expect.objectContaining({ code: 'ENGINE_DISPOSED' }));
});

const decodable = networks.filter((network) => latentSkip(network) === undefined);

test.each(decodable)('decodes latents of $architecture.name to the bits that it reconstructs', async (network) => {
  const engine = await create(network, 2);
  for (const batch of [1, 2, 3].map((seed) => someBatch(network, { items: 10, seed, isDark: seed === 2 }))) {
    expect(engine.decode(engine.encode(batch.pixels))).toEqual(engine.reconstruct(batch.pixels));
    engine.trainStep(batch);
  }
  engine.dispose();
});
