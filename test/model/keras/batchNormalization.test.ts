// Keras's batch normalization, as TensorFlow.js computes it, read as ours: of images, of what was flattened, and before a reshape.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { readArchitecture } from '../../../src/model/node/readArchitecture.js';
import { loadWeights } from '../../../src/model/node/weightsFile.js';
import { uniform } from '../../../src/random.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const next = uniform(3);

/** With values above 0 in every tensor, so that variances are some. */
function example() {
  const model = sequential({
    layers: [
      layers.conv2d({ inputShape: [4, 6, 1], filters: 3, kernelSize: 3, padding: 'same' }),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.activation({ activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.batchNormalization(),
      layers.dense({ units: 4 }),
      layers.dense({ units: 48 }),
      layers.batchNormalization({ axis: -1, epsilon: 0.01 }),
      layers.reshape({ targetShape: [4, 6, 2] }),
      layers.conv2d({ filters: 1, kernelSize: 1 }),
    ],
  });
  model.setWeights(
    model.getWeights().map(({ shape }) =>
      tf.tensor(
        Float32Array.from({ length: size(shape) }, () => 0.1 + next()),
        shape,
      ),
    ),
  );
  return model;
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

test('a model with normalizations computes what it computes in TensorFlow.js', async () => {
  await tf.setBackend('cpu');
  const model = example();
  const path = join(folder, 'model.json');
  mkdirSync(folder, { recursive: true });
  const weights = model.weights.map((weight) => ({ name: weight.originalName, value: weight.read() }));
  writeFileSync(join(folder, 'all.bin'), Float32Array.from(weights.flatMap(({ value }) => [...value.dataSync()])));
  const specs = weights.map(({ name, value: { shape } }) => ({ name, shape, dtype: 'float32' }));
  const modelTopology = model.toJSON(undefined, false);
  writeFileSync(path, JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['all.bin'], weights: specs }] }));
  const network = await readArchitecture(path);
  expect(network.encoder[1]!.layer).toEqual({
    type: 'batchNormalization',
    momentum: 0.1,
    epsilon: 0.001,
    activation: 'relu',
  });
  const engine = await createEngine({ network, weights: await loadWeights(path, network), threads: 1 });
  const pixels = Float32Array.from({ length: 2 * 24 }, next);
  const expected = (model.predict(tf.tensor(pixels, [2, 4, 6, 1])) as tf.Tensor).dataSync();
  const found = engine.reconstruct(pixels);
  engine.dispose();
  const largest = Math.max(...expected.map(Math.abs));
  expect(Math.max(...found.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-5 * largest);
});
