import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { canDecode, type Engine, type NamedTensors, type TrainingBatch } from '../../../src/model/engine.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { preset } from '../../../src/model/presets/presets.js';
import { blobImages } from '../../fixtures/golden.js';
import { firstCases } from '../../fixtures/laws.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';

const dense = checkArchitecture({
  name: 'dense',
  input: [28, 28, 1],
  encoder: [
    { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 4 },
    { type: 'flatten' },
    { type: 'dense', units: 10, activation: 'tanh' },
  ],
  decoder: [
    { type: 'dense', units: 784, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [28, 28, 1] },
  ],
});
const normalized = checkArchitecture({
  name: 'normalized',
  input: [28, 28, 1],
  encoder: [
    { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same' },
    { type: 'batchNormalization', activation: 'silu' },
    { type: 'maxPooling2d', poolSize: 4 },
    { type: 'dropout', rate: 0.1 },
    { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same' },
    { type: 'batchNormalization', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
    { type: 'batchNormalization', activation: 'tanh' },
  ],
  decoder: [
    { type: 'dense', units: 784, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [28, 28, 1] },
  ],
});
const active = checkArchitecture({
  name: 'active',
  input: [28, 28, 1],
  encoder: [
    { type: 'conv2d', filters: 5, kernelSize: 3, strides: 2, activation: 'gelu' },
    { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'elu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 10, activation: 'silu' },
  ],
  decoder: [
    { type: 'dense', units: 784, activation: 'leakyRelu' },
    { type: 'reshape', targetShape: [28, 28, 1] },
  ],
});
const variational = checkArchitecture({
  name: 'variational',
  input: [28, 28, 1],
  encoder: [
    { type: 'conv2d', filters: 4, kernelSize: 3, strides: 4, activation: 'relu' },
    { type: 'activityRegularization', l1: 0.001 },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
    { type: 'variational', klWeight: 0.5, klWarmUp: 9 },
  ],
  decoder: [
    { type: 'dense', units: 784, activation: 'sigmoid' },
    { type: 'reshape', targetShape: [28, 28, 1] },
  ],
});
const networks = [
  ...[normalized, variational],
  ...['transpose', 'upsample', 'unet'].map((name) => checkArchitecture(preset(name, [28, 28, 1]))),
  ...[dense, active],
];

/** 87 images: four batches of 20, and one of 7. */
const epoch: readonly TrainingBatch[] = Array.from({ length: 5 }, (_, index) => {
  const length = Math.min(20, 87 - index * 20);
  return { pixels: blobImages(index * 20, length), length };
});

describe.each(firstCases(networks, 3))('the network $architecture.name', (network) => {
  const results = async (threads: number) => {
    const engine = await createEngine({ network, engine: 'simd', threads });
    const result = bitsOf(engine);
    engine.dispose();
    return result;
  };

  test('comes to the same bits with 1 thread as with 2, 3 and 4', async () => {
    const alone = await results(1);
    for (const threads of firstCases([2, 4, 3], 2)) expect([threads, await results(threads)]).toEqual([threads, alone]);
  });
});

test('has as many threads as it is given, and at most 4', async () => {
  const network = checkArchitecture(TINY_NETWORK);
  for (const [given, threads] of [
    [1, 1],
    [3, 3],
    [1000, 4],
  ]) {
    const engine = await createEngine({ network, threads: given });
    expect(engine.description).toMatchObject({ name: 'simd', backend: 'wasm-simd', threads });
    engine.dispose();
  }
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d threads', async (threads) => {
  const creation = createEngine({ network: checkArchitecture(TINY_NETWORK), threads });
  await expect(creation).rejects.toMatchObject({ code: 'OPTION', option: 'threads' });
});

/** Of all that an engine computes: an epoch's losses, what is learnt, and what it then makes of images. */
function bitsOf(engine: Engine): Readonly<Record<string, readonly string[]>> {
  const losses = epoch.map((batch) => engine.trainStep(batch));
  const { slots } = engine.optimizerState();
  const [pixels, length] = [blobImages(200, 9), 9];
  const latents = engine.encode(pixels);
  return {
    losses: [bits(Float64Array.from(losses))],
    weights: bitsOfEach(engine.weights()),
    slots: Object.values(slots).flatMap(bitsOfEach),
    evaluated: [bits(Float64Array.of(engine.evaluate({ pixels, length }).loss))],
    latents: [bits(latents)],
    decoded: canDecode(engine) ? [bits(engine.decode(latents))] : [],
    reconstructed: [bits(engine.reconstruct(pixels))],
  };
}

function bitsOfEach(tensors: NamedTensors): readonly string[] {
  return [...tensors].map(([name, { data }]) => `${name}: ${bits(data)}`);
}

function bits({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('hex');
}
