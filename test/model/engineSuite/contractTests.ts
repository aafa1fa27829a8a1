import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import type { Create } from './engineSuiteOptions.js';
import { randomImages, relativeDifference } from './measure.js';

export function contractTests(create: Create): void {
  const begin = (options: { seed?: number; learningRate?: number } = {}) =>
    create({ network: tiny, weights: initialWeights(tiny, options.seed ?? 1), ...options });

  test('takes bytes as 255ths', async () => {
    const engine = await begin();
    const bytes = Uint8Array.from({ length: 2 * 36 }, (_, index) => (index * 37) % 256);
    const floats = Float32Array.from(bytes, (byte) => byte / 255);
    expect(engine.reconstruct(bytes)).toEqual(engine.reconstruct(floats));
    expect(engine.evaluate({ pixels: bytes, length: 2 })).toEqual(engine.evaluate({ pixels: floats, length: 2 }));
  });

  test('takes a view of larger memory', async () => {
    const engine = await begin();
    const images = randomImages(tiny, 5);
    const view = images.subarray(36, 3 * 36);
    expect(engine.reconstruct(view)).toEqual(engine.reconstruct(view.slice()));
  });

  test('evaluates to the loss that the next step reports, and learns nothing from it', async () => {
    const engine = await begin();
    const batch = { pixels: randomImages(tiny, 5), length: 5 };
    const { loss, items } = engine.evaluate(batch);
    expect(items).toBe(5);
    expect(engine.step).toBe(0);
    expect(relativeDifference([engine.trainStep(batch)], [loss])).toBeLessThan(1e-5);
    expect(engine.step).toBe(1);
  });

  test('decodes what it encoded to its reconstruction, image by image', async () => {
    const engine = await begin();
    const images = randomImages(tiny, 5);
    const latents = engine.encode(images);
    expect(latents.length).toBe(5 * 18);
    expect(engine.decode(latents)).toEqual(engine.reconstruct(images));
    expect(
      relativeDifference(engine.reconstruct(images.subarray(0, 36)), engine.reconstruct(images).subarray(0, 36)),
    ).toBeLessThan(1e-6);
    expect(engine.encode(new Float32Array(0))).toEqual(new Float32Array(0));
  });

  test('compares with the target where there is one', async () => {
    const engine = await begin();
    const [pixels, target] = [randomImages(tiny, 2, 1), randomImages(tiny, 2, 2)];
    const reconstruction = engine.reconstruct(pixels);
    const expected =
      target.reduce((sum, value, index) => sum + (value - reconstruction[index]!) ** 2, 0) / target.length;
    expect(relativeDifference([engine.evaluate({ pixels, target, length: 2 }).loss], [expected])).toBeLessThan(1e-5);
    const steps = 200;
    let last = Number.POSITIVE_INFINITY;
    engine.learningRate = 0.02;
    for (let step = 0; step < steps; step++) last = engine.trainStep({ pixels, target, length: 2 });
    expect(last).toBeLessThan(expected / 2);
  });

  test('learns as fast as it is told to', async () => {
    const engine = await begin({ learningRate: 0.01 });
    const before = engine.weights();
    engine.learningRate = 0.25;
    expect(engine.learningRate).toBe(0.25);
    engine.trainStep({ pixels: randomImages(tiny, 3), length: 3 });
    // Adam's first update moves a weight by the learning rate, whatever its gradient.
    const name = 'decoder.1.bias';
    expect(Math.abs(engine.weights().get(name)!.data[0]! - before.get(name)!.data[0]!)).toBeCloseTo(0.25, 4);
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => {
        engine.learningRate = wrong;
      }).toThrow(/learningRate/);
  });

  test('is the same again for the same seed and other for another', async () => {
    const losses = async (seed: number) => trained(await begin({ seed }), 3);
    expect(await losses(4)).toEqual(await losses(4));
    expect(await losses(4)).not.toEqual(await losses(5));
  });

  test('goes on as if nothing had happened from weights and optimizer state', async () => {
    const engine = await begin();
    trained(engine, 5);
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    const further = trained(engine, 5);
    const resumed = await create({ network: tiny, weights });
    resumed.setOptimizerState(state);
    expect(resumed.step).toBe(5);
    expect(trained(resumed, 5)).toEqual(further);
    expect(resumed.weights()).toEqual(engine.weights());
    expect(resumed.optimizerState()).toEqual(engine.optimizerState());
  });

  test('hands out and takes copies', async () => {
    const engine = await begin();
    trained(engine, 1);
    const [weights, state] = [engine.weights(), engine.optimizerState()];
    engine.setWeights(weights);
    engine.setOptimizerState(state);
    const [loss] = trained(engine, 1);
    expect(engine.weights()).not.toEqual(weights);
    for (const tensors of [weights, state.firstMoments, state.secondMoments])
      for (const { data } of tensors.values()) data.fill(9);
    const other = await begin();
    trained(other, 1);
    expect(trained(other, 1)).toEqual([loss]);
    expect(engine.weights()).toEqual(other.weights());
    expect(engine.optimizerState()).toEqual(other.optimizerState());
  });

  test('hands out only the weights that are asked for', async () => {
    const engine = await begin();
    const name = 'decoder.1.bias';
    expect(engine.weights([name])).toEqual(new Map([[name, engine.weights().get(name)]]));
    engine.weights([name]).get(name)!.data.fill(9);
    expect(engine.weights([name])).not.toEqual(new Map([[name, { shape: [1], data: Float32Array.of(9) }]]));
  });

  test('counts the time of its updates, and of nothing else', async () => {
    const engine = await begin();
    const batch = { pixels: randomImages(tiny, 5), length: 5 };
    expect(engine.updateMs).toBe(0);
    const start = performance.now();
    trained(engine, 3);
    const { updateMs } = engine;
    expect(updateMs).toBeGreaterThan(0);
    expect(updateMs).toBeLessThan(performance.now() - start);
    engine.evaluate(batch);
    engine.reconstruct(batch.pixels);
    engine.setWeights(engine.weights());
    expect(engine.updateMs).toBe(updateMs);
  });

  test("refuses another network's weights and says which", async () => {
    const engine = await begin();
    const wrong = new Map([...engine.weights()].filter(([name]) => name !== 'decoder.1.bias'));
    const mismatch = { code: 'WEIGHTS_MISMATCH', message: expect.stringContaining('decoder.1.bias') };
    expect(() => engine.setWeights(wrong)).toThrow(expect.objectContaining(mismatch));
    const { step, firstMoments } = engine.optimizerState();
    expect(() => engine.setOptimizerState({ step, firstMoments, secondMoments: wrong })).toThrow(
      expect.objectContaining(mismatch),
    );
    const short = new Map([...engine.weights(), ['decoder.1.bias', { shape: [1], data: new Float32Array(2) }]]);
    await expect(create({ network: tiny, weights: short })).rejects.toMatchObject(mismatch);
  });

  test('refuses batches of the wrong size', async () => {
    const engine = await begin();
    const pixels = randomImages(tiny, 2);
    const wrong = [
      () => engine.trainStep({ pixels, length: 3 }),
      () => engine.trainStep({ pixels: pixels.subarray(1), length: 2 }),
      () => engine.trainStep({ pixels, target: randomImages(tiny, 1), length: 2 }),
      () => engine.trainStep({ pixels: new Uint8Array(0), length: 0 }),
      () => engine.evaluate({ pixels, length: 1 }),
      () => engine.encode(pixels.subarray(1)),
      () => engine.reconstruct(new Uint8Array(37)),
      () => engine.decode(new Float32Array(19)),
    ];
    for (const call of wrong) expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_BATCH' }));
    expect(wrong.at(-1)).toThrow(/^latents: expected whole items of .*found 19 values\. Give decode latents/);
    expect(wrong.at(-3)).toThrow(/^batch: .*Give the engine images/);
    expect(engine.step).toBe(0);
  });

  test('shares a process with others of its kind', async () => {
    const alone = trained(await begin({ seed: 7 }), 4);
    const [one, other] = [await begin({ seed: 7 }), await begin({ seed: 8 })];
    const together = alone.flatMap(() => {
      trained(other, 1);
      return trained(one, 1);
    });
    expect(together).toEqual(alone);
  });

  test('can be disposed of twice, and then refuses everything', async () => {
    const engine = await begin();
    const [weights, state, pixels] = [engine.weights(), engine.optimizerState(), randomImages(tiny, 1)];
    engine.dispose();
    engine.dispose();
    const calls = [
      () => engine.trainStep({ pixels, length: 1 }),
      () => engine.evaluate({ pixels, length: 1 }),
      () => engine.encode(pixels),
      () => engine.decode(new Float32Array(18)),
      () => engine.reconstruct(pixels),
      () => engine.weights(),
      () => engine.setWeights(weights),
      () => engine.optimizerState(),
      () => engine.setOptimizerState(state),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'ENGINE_DISPOSED' }));
  });
}

/** 6×6 pixels, a latent of 18 values, a hundred parameters. */
const tiny = checkArchitecture({
  name: 'tiny',
  input: [6, 6, 1],
  encoder: [
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
  ],
  decoder: [
    { type: 'conv2dTranspose', filters: 3, kernelSize: 2, strides: 2, activation: 'tanh' },
    { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
});

/** The losses of some steps, each on a batch of its own. */
function trained(engine: Engine, steps: number): readonly number[] {
  const begin = engine.step;
  return Array.from({ length: steps }, (_, step) =>
    engine.trainStep({ pixels: randomImages(engine.network, 4, begin + step), length: 4 }),
  );
}
