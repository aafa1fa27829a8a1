import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { batchOf } from '../../../../src/exports/testing.js';
import { isRestorable, type RestorableEngine } from '../../../../src/model/engine.js';
import { opaqueNetwork } from '../../../../src/model/opaqueNetwork.js';
import type { LayersModelOptions } from '../../../../src/model/tfjs/layersModel/layersModelOptions.js';
import { backendFailure } from '../../../../src/model/tfjs/node/backends.js';
import { fromLayersModel } from '../../../../src/model/tfjs/node/fromLayersModel.js';

// Otherwise the cpu backend greets on the console.
tf.enableProdMode();

const images = opaqueNetwork('own', [4, 4, 1]);
const { labels: _, ...dark } = batchOf(3, { shape: [4, 4, 1] });
const unlabelled = { ...dark, pixels: Uint8Array.from({ length: 48 }, (_, at) => (at * 37) % 256) };
const batch = { ...unlabelled, labels: Uint8Array.of(0, 2, 1) };

const models: LayersModel[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

function mine(model: LayersModel): LayersModel {
  models.push(model);
  return model;
}

const glorot = () => ({ className: 'GlorotUniform', config: { seed: 3 } });

function encoder() {
  return mine(
    sequential({
      layers: [
        layers.conv2d({
          inputShape: [4, 4, 1],
          filters: 2,
          kernelSize: 3,
          padding: 'same',
          kernelInitializer: glorot() as never,
        }),
        layers.batchNormalization(),
        layers.flatten(),
        layers.dense({ units: 3, activation: 'tanh', kernelInitializer: glorot() as never }),
      ],
    }),
  );
}

function decoder() {
  return mine(
    sequential({
      layers: [
        layers.dense({ inputShape: [3], units: 16, activation: 'sigmoid', kernelInitializer: glorot() as never }),
        layers.reshape({ targetShape: [4, 4, 1] }),
      ],
    }),
  );
}

function classifier(units = 3) {
  return mine(
    sequential({
      layers: [
        layers.flatten({ inputShape: [4, 4, 1] }),
        layers.dense({ units, activation: 'softmax', kernelInitializer: glorot() as never }),
      ],
    }),
  );
}

async function restorable(options: LayersModelOptions): Promise<RestorableEngine> {
  const engine = await fromLayersModel(encoder(), decoder(), { backend: 'cpu', ...options })(images, { seed: 1 });
  if (!isRestorable(engine)) throw new Error('it has weights');
  return engine;
}

const steps = (engine: RestorableEngine, count: number) => Array.from({ length: count }, () => engine.trainStep(batch));

describe('an encoder and a decoder', () => {
  test.for(['cpu', 'wasm', 'tensorflow'] as const)('learn on %s', async (backend, { skip }) => {
    const failure = await backendFailure(backend);
    skip(failure !== undefined, failure);
    const engine = await restorable({ backend, learningRate: 0.01 });
    expect(engine.description).toMatchObject({ name: 'layersModel', backend });
    const before = engine.evaluate!(batch).loss;
    steps(engine, 5);
    expect(engine.evaluate!(batch).loss).toBeLessThan(before);
    const latents = engine.encode!(batch.pixels);
    expect(latents).toHaveLength(9);
    expect(engine.reconstruct!(batch.pixels)).toEqual(engine.decode!(latents));
  });

  test("lose what Millrace's formula says, and what a function of TensorFlow.js says", async () => {
    const named = await restorable({ loss: 'mse' });
    const output = named.reconstruct!(batch.pixels);
    const expected = output.reduce((sum, value, at) => sum + (value - batch.pixels[at]! / 255) ** 2 / 48, 0);
    expect(named.evaluate!(batch).loss).toBeCloseTo(expected, 6);
    const given = await restorable({ loss: tf.losses.meanSquaredError });
    expect(given.evaluate!(batch).loss).toBeCloseTo(expected, 6);
    expect([named.lossName, given.lossName]).toEqual(['mse', 'custom']);
  });

  test('have weights with names that do not depend on what else the process has made', async () => {
    encoder();
    const names = [...(await restorable({})).weights().keys()];
    expect(names).toEqual([
      ...['kernel', 'bias'].map((name) => `encoder.0.${name}`),
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => `encoder.1.${name}`),
      ...['encoder.3.kernel', 'encoder.3.bias', 'decoder.0.kernel', 'decoder.0.bias'],
    ]);
  });
});

const OPTIMIZERS: readonly (readonly [name: string, make: () => NonNullable<LayersModelOptions['optimizer']>])[] = [
  ...(['adam', 'sgd'] as const).map((name) => [name, () => name] as const),
  ['tf.train.adam', () => tf.train.adam(0.01)],
  ['tf.train.adamax', () => tf.train.adamax(0.01)],
  ['tf.train.sgd', () => tf.train.sgd(0.1)],
  ['tf.train.momentum', () => tf.train.momentum(0.1, 0.9)],
  ['tf.train.rmsprop', () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true)],
  ['tf.train.adagrad', () => tf.train.adagrad(0.01)],
  ['tf.train.adadelta', () => tf.train.adadelta(0.01)],
];

describe.each(OPTIMIZERS)('the optimizer %s', (_, make) => {
  test('goes on to the same bits from what was saved', async () => {
    const through = await restorable({ optimizer: make() });
    steps(through, 2);
    const [weights, state] = [through.weights(), through.optimizerState()];
    const expected = steps(through, 2);
    const resumed = await restorable({ optimizer: make() });
    resumed.setWeights(weights);
    resumed.setOptimizerState(state);
    expect(steps(resumed, 2)).toEqual(expected);
    expect(resumed.weights()).toEqual(through.weights());
    expect(resumed.notSaved).toBeUndefined();
  });

  test('leaves no tensor behind', async () => {
    const optimizer = make();
    const engine = await restorable({ optimizer });
    steps(engine, 1);
    const { numTensors } = tf.memory();
    steps(engine, 2);
    engine.evaluate!(batch);
    engine.reconstruct!(batch.pixels);
    engine.setWeights(engine.weights());
    engine.setOptimizerState(engine.optimizerState());
    engine.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

test('the state of another optimizer is refused', async () => {
  const adam = await restorable({ optimizer: tf.train.adam() });
  const momentum = await restorable({ optimizer: tf.train.momentum(0.1, 0.9) });
  expect(() => momentum.setOptimizerState(adam.optimizerState())).toThrow(/of another optimizer.*accumulations/);
});

test('an optimizer that keeps its state otherwise says so', async () => {
  class Counting extends tf.SGDOptimizer {
    readonly seen = new Map<string, number>();
  }
  const engine = await restorable({ optimizer: new Counting(0.1) });
  expect(engine.notSaved).toBe('what its optimizer keeps in seen');
});

test('dropout without a seed says that its random numbers are not saved', async () => {
  const model = mine(
    sequential({ layers: [layers.dropout({ rate: 0.5, inputShape: [16] }), layers.dense({ units: 16 })] }),
  );
  const engine = await fromLayersModel(model, { backend: 'cpu' })(images, { seed: 1 });
  expect(engine.notSaved).toMatch(/^the random numbers of dropout_\S+ \(give it a seed\)$/);
  // Flat images, which a model may take, too.
  expect(engine.reconstruct?.(batch.pixels)).toHaveLength(48);
  expect(engine.encode).toBeUndefined();
});

describe('labels', () => {
  test('are learnt, and the accuracy is measured', async () => {
    const engine = await fromLayersModel(classifier(), { loss: 'crossEntropy', learningRate: 0.1, backend: 'cpu' })(
      images,
      { seed: 1 },
    );
    for (let step = 0; step < 20; step++) engine.trainStep(batch);
    expect(engine.evaluate?.(batch)).toMatchObject({ items: 3, metrics: { accuracy: 1 } });
    expect(engine.reconstruct).toBeUndefined();
  });

  test('have the loss of Keras', async () => {
    const model = classifier();
    const engine = await fromLayersModel(model, { target: 'labels', backend: 'cpu' })(images, { seed: 1 });
    const input = Float32Array.from(batch.pixels, (value) => value / 255);
    const probabilities = tf.tidy(() => (model.predict(tf.tensor(input, [3, 4, 4, 1])) as tf.Tensor2D).arraySync());
    const expected = -[0, 2, 1].reduce((sum, label, item) => sum + Math.log(probabilities[item]![label]!), 0) / 3;
    expect(engine.evaluate?.(batch).loss).toBeCloseTo(expected, 5);
  });

  test('that are missing, or no class of the model, are one sentence', async () => {
    const engine = await fromLayersModel(classifier(2), { target: 'labels', backend: 'cpu' })(images, { seed: 1 });
    expect(() => engine.trainStep(unlabelled)).toThrow(
      /^the model learns labels: expected batches with labels, found none\. Give data with labels/,
    );
    expect(() => engine.trainStep(batch)).toThrow(/expected labels from 0 to 1.*, found the label 2\./);
  });
});

test.each([
  [opaqueNetwork('own', [4, 5, 1]), /expected an input of 4×5×1, as the images, found 4×4×1/],
  [opaqueNetwork('own', [4, 4, 3]), /expected an input of 4×4×3/],
])('images of another shape are refused', async (network, sentence) => {
  await expect(async () => fromLayersModel(encoder(), decoder())(network, { seed: 1 })).rejects.toThrow(sentence);
});

test('an output that is no image is refused where labels are not learnt', async () => {
  await expect(async () => fromLayersModel(classifier())(images, { seed: 1 })).rejects.toThrow(
    /expected an output of 4×4×1, as the images, or the target labels, found 3 values/,
  );
});

test.each([
  [{ loss: 'mea' }, 'loss', /Did you mean mae/],
  [{ loss: 'mse', target: 'labels' }, 'loss', /crossEntropy or a function/],
  [{ optimizer: 'adagrad' }, 'optimizer', /tf\.train/],
  [{ target: 'label' }, 'target', /Did you mean labels/],
  [{ losses: 'mse' }, 'losses', /Did you mean loss/],
])('%j is refused', (options, option, sentence) => {
  const model = encoder();
  const call = () => fromLayersModel(model, options as LayersModelOptions);
  expect(call).toThrow(expect.objectContaining({ code: 'OPTION', option }));
  expect(call).toThrow(sentence);
});
