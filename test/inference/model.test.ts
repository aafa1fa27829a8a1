import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { Model } from '../../src/inference/model.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { createEngine } from '../../src/model/node/createEngine.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const network = checkArchitecture(TINY_NETWORK);
const images = Uint8Array.from({ length: 100 * 16 }, (_, at) => (at * 37) % 256);

describe.each(['simd', 'tfjs'] as const)('a model on %s', async (name) => {
  const backend = name === 'tfjs' ? 'cpu' : undefined;
  const threads = name === 'simd' ? 1 : undefined;
  const engine = await createEngine({ network, engine: name, backend, threads });
  const model = new Model(engine);
  afterAll(() => model.dispose());

  test('scores each image with the loss that its batch has on average', () => {
    const losses = model.score(images);
    expect(losses).toHaveLength(100);
    const { loss } = engine.evaluate({ pixels: images, length: 100 });
    expect(losses.reduce((sum, value) => sum + value, 0) / 100).toBeCloseTo(loss, 6);
    const [alone] = model.score(images.subarray(16, 32));
    expect(alone).toBeCloseTo(losses[1]!, 6);
  });

  test('computes in slices what it computes at once', async () => {
    const latents = model.encode(images);
    expect(await model.encodeAsync(images)).toEqual(latents);
    expect(await model.decodeAsync(latents)).toEqual(model.decode(latents));
    expect(await model.reconstructAsync(images)).toEqual(model.reconstruct(images));
    expect(await model.scoreAsync(images)).toEqual(model.score(images));
  });
});

describe('a model', async () => {
  const model = new Model(await createEngine({ network, threads: 1 }));
  afterAll(() => model.dispose());

  test('scores with the loss that it was trained with', async () => {
    const engine = await createEngine({ network, threads: 1, loss: 'huber', huberDelta: 0.1 });
    const huber = new Model(engine, { loss: 'huber', huberDelta: 0.1 });
    const { loss } = engine.evaluate({ pixels: images, length: 100 });
    expect(huber.score(images).reduce((sum, value) => sum + value, 0) / 100).toBeCloseTo(loss, 6);
    huber.dispose();
  });

  test('scores against a target', () => {
    const target = new Uint8Array(images.length);
    expect(model.score(images, target)).not.toEqual(model.score(images));
    expect(() => model.score(images, new Uint8Array(16))).toThrow(
      'expected 100 targets, as many as there are images, found 1',
    );
  });

  test('lets others have their turn, and ends on abort between two of its own', async () => {
    const controller = new AbortController();
    const many = new Uint8Array(20_000 * 16);
    const encoded = model.encodeAsync(many, { signal: controller.signal });
    await nextTurn();
    controller.abort(new Error('enough'));
    await expect(encoded).rejects.toThrow('enough');
  });

  test('refuses what are no whole images, and all when it is gone', async () => {
    const gone = new Model(await createEngine({ network, threads: 1 }));
    await expect(gone.encodeAsync(images.subarray(1))).rejects.toThrow('expected whole items of 4×4×1');
    await expect(gone.scoreAsync(images.subarray(1))).rejects.toThrow('expected whole items of 4×4×1');
    gone.dispose();
    gone.dispose();
    expect(() => gone.score(images)).toThrow('disposed');
    await expect(gone.reconstructAsync(images)).rejects.toThrow('disposed');
  });

  test('without its encoder only decodes', async () => {
    const decoder = new Model(await createEngine({ network, threads: 1 }), { hasEncoder: false, name: 'shared' });
    expect(decoder.decode(model.encode(images))).toEqual(model.reconstruct(images));
    expect(() => decoder.encode(images)).toThrow('shared: expected a model that can encode images of 4×4×1');
    await expect(decoder.reconstructAsync(images)).rejects.toMatchObject({ code: 'MODEL_NO_ENCODER' });
    decoder.dispose();
  });

  test('is told from others by the digest of its decoder', async () => {
    const same = new Model(await createEngine({ network, threads: 1 }));
    const other = new Model(await createEngine({ network, threads: 1, seed: 2 }));
    expect(await model.decoderDigest()).toMatch(/^[0-9a-f]{64}$/);
    expect(await same.decoderDigest()).toBe(await model.decoderDigest());
    expect(await other.decoderDigest()).not.toBe(await model.decoderDigest());
    same.dispose();
    other.dispose();
  });
});
