// Models as TensorFlow.js saves them, read as networks: held against what TensorFlow.js itself makes of images.
import { readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { input, type LayersModel, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { readArchitecture } from '../../../src/model/node/readArchitecture.js';
import { loadWeights } from '../../../src/model/node/weightsFile.js';
import { saveLayersModel } from '../../fixtures/layersModelFolder.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

// Otherwise the cpu backend greets on the console.
tf.enableProdMode();

const folder = temporaryFolder();
const models: LayersModel[] = [];
afterAll(() => {
  for (const each of models) each.dispose();
});

const chain = (name: string, ...list: Parameters<ReturnType<typeof sequential>['add']>[0][]): LayersModel =>
  sequential({ name, layers: list });

function functional(): LayersModel {
  const images = input({ shape: [8, 6, 2] });
  const small = layers.averagePooling2d({ poolSize: 2 }).apply(images);
  const latents = layers.dense({ units: 5 }).apply(layers.flatten().apply(small));
  const wide = layers.activation({ activation: 'tanh' }).apply(layers.dense({ units: 36 }).apply(latents));
  const image = layers.reshape({ targetShape: [4, 3, 3] }).apply(wide);
  const output = layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }).apply(image);
  return model({ inputs: images, outputs: output as typeof images });
}

const MODELS: Readonly<Record<string, () => LayersModel>> = {
  'a convolutional one': () =>
    chain(
      'convolutional',
      layers.conv2d({ inputShape: [8, 8, 1], filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 3, kernelSize: 2, strides: 2 }),
      layers.reLU(),
      layers.conv2dTranspose({ filters: 5, kernelSize: 3, strides: 2, activation: 'tanh' }),
      layers.conv2dTranspose({ filters: 1, kernelSize: 4, activation: 'sigmoid' }),
    ),
  'one that flattens channels': () =>
    chain(
      'flattening',
      layers.conv2d({ inputShape: [4, 6, 2], filters: 3, kernelSize: 3, padding: 'same' }),
      layers.activation({ activation: 'relu' }),
      layers.flatten(),
      layers.dense({ units: 7, activation: 'sigmoid' }),
      layers.dense({ units: 18, activation: 'tanh' }),
      layers.reshape({ targetShape: [2, 3, 3] }),
      layers.upSampling2d({ size: [2, 2] }),
      layers.conv2d({ filters: 2, kernelSize: 1 }),
    ),
  'a functional one': functional,
  'one with borders, noise and means': () =>
    chain(
      'bordered',
      layers.zeroPadding2d({
        inputShape: [4, 6, 2],
        padding: [
          [1, 0],
          [2, 1],
        ],
      }),
      layers.conv2d({ filters: 3, kernelSize: 2 }),
      layers.leakyReLU({ alpha: 0.3 }),
      layers.dropout({ rate: 0.5 }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 48 }),
      layers.elu(),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.reshape({ targetShape: [4, 6, 2] }),
      layers.conv2dTranspose({ filters: 2, kernelSize: 3, activation: 'swish' }),
      layers.cropping2D({
        cropping: [
          [2, 0],
          [1, 1],
        ],
      }),
    ),
  'one of flat grey images': () =>
    chain('flat', layers.dense({ inputShape: [49], units: 6, activation: 'relu' }), layers.dense({ units: 49 })),
  'one of flat coloured images': () =>
    chain('colour', layers.dense({ inputShape: [48], units: 6 }), layers.dense({ units: 48 })),
  'one of images without a channel': () =>
    chain(
      'channelless',
      layers.flatten({ inputShape: [5, 4] }),
      layers.dense({ units: 3 }),
      layers.dense({ units: 20 }),
      layers.reshape({ targetShape: [5, 4] }),
    ),
  'an encoder and a decoder': () =>
    chain(
      'pair',
      chain(
        'encoder',
        layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: 3, padding: 'same' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.dense({ units: 4 }),
      ),
      chain('decoder', layers.conv2dTranspose({ inputShape: [2, 2, 4], filters: 3, kernelSize: 2, strides: 2 })),
    ),
};

/** With biases that are not all zero. */
function made(make: () => LayersModel): LayersModel {
  const built = make();
  models.push(built);
  tf.tidy(() =>
    built.setWeights(
      built.getWeights().map((weight, seed) => tf.randomUniform(weight.shape, -0.5, 0.5, 'float32', seed + 1)),
    ),
  );
  return built;
}

async function opened(name: string) {
  const built = made(MODELS[name]!);
  const path = await saveLayersModel(built, join(folder, name), 97);
  return { built, path };
}

test.each(Object.keys(MODELS))('%s computes what it computes in TensorFlow.js', async (name) => {
  const { built, path } = await opened(name);
  const network = await readArchitecture(path);
  const engine = await createEngine({ network, weights: await loadWeights(path, network), threads: 1 });
  const { input: shape } = network.architecture;
  const size = shape[0] * shape[1] * shape[2];
  const pixels = Float32Array.from({ length: 3 * size }, (_, at) => ((at * 37) % 101) / 101);
  const expected = tf.tidy(() =>
    (built.predict(tf.tensor(pixels, [3, ...(built.inputs[0]!.shape.slice(1) as number[])])) as tf.Tensor).dataSync(),
  );
  const output = engine.reconstruct(pixels);
  engine.dispose();
  expect(output).toHaveLength(expected.length);
  expect(Math.max(...output.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-5);
});

test('two models in one are encoder and decoder; otherwise the encoder ends with the smallest output', async () => {
  const shapes = async (name: string) => {
    const { encoder, decoder, latentShape } = await readArchitecture((await opened(name)).path);
    return [encoder.length, decoder.length, latentShape];
  };
  expect(await shapes('an encoder and a decoder')).toEqual([3, 1, [2, 2, 4]]);
  expect(await shapes('a convolutional one')).toEqual([3, 2, [2, 2, 3]]);
  expect(await shapes('one that flattens channels')).toEqual([3, 4, [7]]);
  // What is flat in Keras is an image here, between a flatten and a reshape.
  expect(await shapes('one of flat grey images')).toEqual([2, 2, [6]]);
});

describe('of files that are damaged or lie', async () => {
  const { path } = await opened('a convolutional one');
  const network = await readArchitecture(path);
  const good = JSON.parse(readFileSync(path, 'utf8'));
  const [{ paths, weights }] = good.weightsManifest;
  const refusal = (manifest: unknown) => {
    writeFileSync(path, JSON.stringify({ ...good, weightsManifest: manifest }));
    return loadWeights(path, network).then(
      () => 'none',
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
  };
  const first = (changes: object) => [{ paths, weights: [{ ...weights[0], ...changes }, ...weights.slice(1)] }];

  test.each<[string, unknown, RegExp]>([
    [
      'no manifest',
      undefined,
      /WEIGHTS_HEADER: .*model\.json: weightsManifest: expected a list.*model without weights/,
    ],
    ['a manifest that is none', { paths }, /WEIGHTS_HEADER: .*found an object/],
    ['a shape that lies', first({ shape: [3, 3, 1, 5] }), /WEIGHTS_TRUNCATED: .*bytes, as the model says/],
    ['a shape beyond all memory', first({ shape: [2 ** 40, 2 ** 12] }), /WEIGHTS_TRUNCATED/],
    ['a shape beyond all numbers', first({ shape: [2 ** 40, 2 ** 40] }), /WEIGHTS_HEADER: .*weights\.0/],
    ['a shape of the same size', first({ shape: [1, 3, 3, 4] }), /WEIGHTS_MISMATCH: .*\[3, 3, 1, 4\].*\[1, 3, 3, 4\]/],
    ['a negative shape', first({ shape: [-3, -3, 1, 4] }), /WEIGHTS_HEADER/],
    [
      'quantized values',
      first({ quantization: { dtype: 'uint8', scale: 1, min: 0 } }),
      /WEIGHTS_DTYPE: .*not quantized/,
    ],
    ['another type', first({ dtype: 'string' }), /WEIGHTS_DTYPE: .*found "string"/],
    ['a name that is missing', first({ name: 'other/kernel' }), /WEIGHTS_MISMATCH: .*no such weight/],
    ['a path that leads elsewhere', [{ paths: ['../../secret'], weights }], /WEIGHTS_HEADER: .*beside the model/],
    ['an absolute path', [{ paths: ['/dev/zero'], weights }], /WEIGHTS_HEADER: .*beside the model/],
    ['a folder as a file', [{ paths: ['.'], weights }], /WEIGHTS_UNREADABLE: .*not a file/],
    ['a missing file', [{ paths: ['gone.bin'], weights }], /WEIGHTS_NOT_FOUND: .*gone\.bin/],
    ['too many files', [{ paths: Array(5000).fill('x'), weights }], /WEIGHTS_HEADER: .*at most 4096/],
  ])('%s is one sentence', async (_, manifest, sentence) => {
    const message = await refusal(manifest);
    expect(message).toMatch(sentence);
    expect(message).not.toMatch(/\n|NaN/);
  });

  test('a torn file, and one that is gone, are named', async () => {
    const last = join(dirname(path), paths.at(-1));
    truncateSync(last, 3);
    expect(await refusal(good.weightsManifest)).toMatch(/^WEIGHTS_TRUNCATED: .*expected \d+ bytes.*Copy the model/);
    unlinkSync(last);
    expect(await refusal(good.weightsManifest)).toMatch(/^WEIGHTS_NOT_FOUND: .*shard/);
  });

  test('weights of another network are refused', async () => {
    const other = await readArchitecture((await opened('one of flat grey images')).path);
    await expect(loadWeights(path, other)).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });
});
