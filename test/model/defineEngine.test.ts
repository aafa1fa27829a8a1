import { describe, expect, test, vi } from 'vitest';
import { batchOf } from '../../src/exports/testing.js';
import type { Network } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { defineEngine, type EngineDefinition } from '../../src/model/defineEngine.js';
import { canReconstruct, isRestorable } from '../../src/model/engine.js';
import { initialWeights } from '../../src/model/initialWeights.js';
import { opaqueNetwork } from '../../src/model/opaqueNetwork.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const unknown = opaqueNetwork('none', [2, 2, 1]);
const least: EngineDefinition = { name: 'least', trainStep: () => 0.5 };

function made(definition: EngineDefinition, network: Network = unknown, learningRate?: number) {
  return defineEngine(definition)(network, { seed: 1, ...(learningRate !== undefined && { learningRate }) });
}

describe('an engine of a name and a step', () => {
  test('trains, counts its updates, and has no other ability', async () => {
    const engine = await made(least);
    expect(engine.trainStep(batchOf(2))).toBe(0.5);
    expect(engine.step).toBe(1);
    expect(engine.description).toMatchObject({ name: 'least', backend: 'javascript' });
    expect(engine.network.architecture).toEqual({ name: 'least', input: [2, 2, 1], encoder: [], decoder: [] });
    expect(engine.evaluate).toBeUndefined();
    expect(canReconstruct(engine)).toBe(false);
    expect(isRestorable(engine)).toBe(false);
  });

  test('is given the learning rate of each step', async () => {
    const trainStep = vi.fn(() => 0);
    const engine = await made({ ...least, trainStep, learningRate: 0.25 });
    const batch = batchOf(1);
    engine.trainStep(batch);
    engine.learningRate = 0.5;
    engine.trainStep(batch);
    expect(trainStep.mock.calls).toEqual([
      [batch, 0.25],
      [batch, 0.5],
    ]);
    expect((await made({ ...least, learningRate: 0.25 }, unknown, 0.125)).learningRate).toBe(0.125);
  });

  test('is disposed once', async () => {
    const dispose = vi.fn();
    const engine = await made({ ...least, dispose });
    engine.dispose();
    engine.dispose();
    expect(dispose).toHaveBeenCalledOnce();
  });
});

describe('its weights', () => {
  const data = Float32Array.of(1, 2, 3);
  const keeping: EngineDefinition = {
    ...least,
    weights: () => new Map([['bias', { shape: [3], data }]]),
    setWeights: (weights) => data.set(weights.get('bias')!.data),
  };

  test('are copied, counted, and put back', async () => {
    const engine = await made(keeping);
    if (!isRestorable(engine)) throw new Error('it has weights');
    const before = engine.weights();
    data.fill(9);
    expect(before.get('bias')?.data).toEqual(Float32Array.of(1, 2, 3));
    engine.setWeights(before);
    expect([...data]).toEqual([1, 2, 3]);
    expect(engine.network.parameters).toBe(3);
    expect(engine.weights(['other']).size).toBe(0);
  });

  test('put back have to be the same ones', async () => {
    const engine = await made(keeping);
    const other = new Map([['bias', { shape: [2], data: new Float32Array(2) }]]);
    expect(() => engine.setWeights?.(other)).toThrow(/bias.*\[3\].*bias.*\[2\]/s);
  });

  test('come with the number of updates, and with what the optimizer remembers', async () => {
    const moments = { firstMoments: keeping.weights!(), secondMoments: new Map() };
    const setOptimizerState = vi.fn();
    const engine = await made({ ...keeping, optimizerState: () => moments, setOptimizerState });
    engine.trainStep(batchOf(1));
    const state = engine.optimizerState!();
    expect(state).toEqual({ step: 1, slots: moments });
    engine.setOptimizerState!({ ...state, step: 7 });
    expect(engine.step).toBe(7);
    expect(setOptimizerState).toHaveBeenCalledOnce();
  });

  test('bear the names of the network that the run names', async () => {
    const network = checkArchitecture(TINY_NETWORK);
    const weights = initialWeights(network, 1);
    const engine = await made({ ...keeping, weights: () => weights }, network);
    expect(engine.network).toBe(network);
    expect([...engine.optimizerState!().slots.firstMoments!.keys()]).toEqual([...weights.keys()]);
    await expect(made(keeping, network)).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });
});

test('a function makes a definition for each engine, from the network and the seed', async () => {
  const author = vi.fn(() => least);
  const factory = defineEngine(author);
  await factory(unknown, { seed: 5 });
  await factory(unknown, { seed: 6 });
  expect(author.mock.calls).toEqual([
    [unknown, { seed: 5 }],
    [unknown, { seed: 6 }],
  ]);
});

test.each([
  [{ ...least, name: '' }, 'name'],
  [{ ...least, learningRate: 0 }, 'learningRate'],
])('%j is refused for its %s', (definition, option) => {
  expect(() => defineEngine(definition)).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});
