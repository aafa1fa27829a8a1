import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { createEngine, type EngineOptions } from '../../../src/model/node/createEngine.js';
import { preset } from '../../../src/model/presets/presets.js';
import { blobImages } from '../../fixtures/golden.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

/** The types of Node have no WebAssembly; this much is replaced here. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: { validate(bytes: Uint8Array): boolean; Memory: new (limits: object) => object };
};

const engines: Engine[] = [];
async function create(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await createEngine({ network: checkArchitecture(TINY_NETWORK), ...options });
  engines.push(engine);
  return engine;
}
afterEach(() => {
  vi.restoreAllMocks();
  for (const engine of engines.splice(0)) engine.dispose();
});

test('takes the SIMD engine where nothing else is asked for', async () => {
  const { description } = await create();
  expect(description).toMatchObject({ name: 'simd', backend: 'wasm-simd', reason: 'the fastest that runs here' });
  expect(description).not.toHaveProperty('relaxed');
  expect(description.plan).toContainEqual(expect.stringMatching(/^encoder\.1: .*convolve/));
});

test('takes TensorFlow.js where one of its backends is asked for', async () => {
  expect((await create({ backend: 'cpu' })).description).toEqual({
    name: 'tfjs',
    backend: 'cpu',
    threads: 1,
    reason: 'asked for',
  });
});

describe.each([
  ['WebAssembly SIMD or threads', () => vi.spyOn(webAssembly, 'validate').mockReturnValueOnce(false)],
  [
    'shared WebAssembly memory',
    () =>
      vi.spyOn(webAssembly, 'Memory').mockImplementationOnce(function withoutMemory() {
        throw new RangeError('no shared memory');
      }),
  ],
])('without %s', (missing, takeAway) => {
  test('the next best engine is taken, and says why', async () => {
    takeAway();
    const engine = await create({ threads: 2 });
    expect(engine.description.name).toBe('tfjs');
    expect(engine.description.reason).toMatch(new RegExp(`not simd, since ${missing} (is|are) missing here`));
    expect(engine.trainStep({ pixels: new Uint8Array(16), length: 1 })).toBeGreaterThan(0);
  });

  test.each([{ engine: 'simd' }, { relaxed: true }] as const)('%o is refused', async (options) => {
    takeAway();
    const refusal = {
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(`${missing} (is|are) missing here.*tfjs`),
    };
    await expect(create(options)).rejects.toMatchObject(refusal);
  });
});

test('without relaxed SIMD it is refused, and nothing else is', async () => {
  const validate = vi.spyOn(webAssembly, 'validate').mockReturnValueOnce(true).mockReturnValue(false);
  await expect(create({ relaxed: true })).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    message: expect.stringContaining('relaxed SIMD is missing here'),
  });
  validate.mockRestore();
  expect((await create({ relaxed: false })).description.name).toBe('simd');
});

test('with relaxed SIMD it says so, and learns nearly the same', async () => {
  const network = checkArchitecture(preset('transpose', [28, 28, 1]));
  const [strict, relaxed] = [await create({ network }), await create({ network, relaxed: true })];
  expect(relaxed.description).toMatchObject({ name: 'simd', backend: 'wasm-simd', relaxed: true });
  expect(relaxed.description.reason).toMatch(/relaxed/);
  for (let step = 0; step < 20; step++) {
    const batch = { pixels: blobImages(step * 20, 20), length: 20 };
    expect(relaxed.trainStep(batch) / strict.trainStep(batch)).toBeCloseTo(1, 4);
  }
});

test.each<[string, Partial<EngineOptions>]>([
  ['backend', { engine: 'simd', backend: 'cpu' }],
  ['threads', { engine: 'tfjs', threads: 2 }],
  ['threads', { backend: 'wasm', threads: 2 }],
  ['relaxed', { engine: 'tfjs', relaxed: true }],
  ['engine', { engine: 'gpu' as 'simd' }],
  ['learningRate', { learningRate: 0 }],
])('refuses %s in %o', async (option, options) => {
  await expect(create(options)).rejects.toMatchObject({ code: 'OPTION', option });
});

test('begins with seeded weights, or those it is given', async () => {
  const weights = (await create({ seed: 5 })).weights();
  expect((await create({ seed: 5 })).weights()).toEqual(weights);
  expect((await create({ seed: 6 })).weights()).not.toEqual(weights);
  expect((await create({ seed: 6, weights })).weights()).toEqual(weights);
  expect((await create({ weights, backend: 'cpu' })).weights()).toEqual(weights);
});

test('begins with weights that are drawn as asked for', async () => {
  const glorot = (await create({ seed: 5, initial: 'glorot' })).weights();
  expect(glorot).toEqual(initialWeights(checkArchitecture(TINY_NETWORK), 5, 'glorot'));
  expect((await create({ seed: 5, initial: 'glorot', backend: 'cpu' })).weights()).toEqual(glorot);
  expect((await create({ seed: 5 })).weights()).toEqual(initialWeights(checkArchitecture(TINY_NETWORK), 5, 'he'));
  await expect(create({ initial: 'glorot', weights: glorot })).rejects.toThrow(
    'initial: expected nothing with weights',
  );
});

test('a network that takes more memory than there can be names a size that does not', async () => {
  const convolution = (filters: number): Layer => ({ type: 'conv2d', filters, kernelSize: 1 });
  const network = checkArchitecture({
    name: 'large',
    input: [512, 512, 1],
    encoder: Array(12).fill(convolution(64)),
    decoder: [convolution(1)],
  });
  await expect(createEngine({ network, engine: 'simd', threads: 4 })).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    message: expect.stringMatching(
      /more than 4 GiB .* 512×512×1\. Take fewer threads, fewer filters, or images of at most 403×403 \(--resize 403x403\)\.$/,
    ),
  });
});
