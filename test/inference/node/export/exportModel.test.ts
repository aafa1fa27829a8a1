import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { exportModel } from '../../../../src/inference/node/export/exportModel.js';
import { openModel } from '../../../../src/inference/node/openModel.js';
import { checkArchitecture } from '../../../../src/model/checkArchitecture.js';
import { latentSkip } from '../../../../src/model/latentSkip.js';
import { isWhole } from '../../../fixtures/laws.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../../fixtures/tinyNetwork.js';
import { imagesFor, modelOf, networksToExport } from './exportedModels.js';

// Otherwise the cpu backend greets on the console.
tf.enableProdMode();

const folder = temporaryFolder();
const tiny = checkArchitecture(TINY_NETWORK);

test('writes the network, its encoder and its decoder as files of their own', async () => {
  const model = await modelOf(tiny);
  const written = async (to: 'onnx' | 'tfjs' | 'pytorch') =>
    (await exportModel(model, { to, output: join(folder, `${to}/`) })).map((path) => path.slice(folder.length + 1));
  expect(await written('onnx')).toEqual(['onnx/model.onnx', 'onnx/encoder.onnx', 'onnx/decoder.onnx']);
  expect(await written('tfjs')).toEqual(
    ['model', 'encoder', 'decoder'].flatMap((part) => [`tfjs/${part}/model.json`, `tfjs/${part}/weights.bin`]),
  );
  expect(await written('pytorch')).toEqual([
    'pytorch/model.py',
    ...['model', 'encoder', 'decoder'].map((part) => `pytorch/${part}.safetensors`),
  ]);
  expect(readFileSync(join(folder, 'onnx/model.onnx'), 'latin1')).toContain('Images are float32 from 0 to 1');
  const again = await openModel(join(folder, 'pytorch/model.safetensors'), { threads: 1 });
  expect(again.reconstruct(imagesFor(model))).toEqual(model.reconstruct(imagesFor(model)));
  again.dispose();
  model.dispose();
});

test('writes nothing into a folder that has something in it, nor half of a folder', async () => {
  const model = await modelOf(tiny);
  const output = join(folder, 'taken');
  mkdirSync(output);
  writeFileSync(join(output, 'mine'), '');
  await expect(exportModel(model, { to: 'onnx', output })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  await expect(exportModel(model, { to: 'onxx' as 'onnx', output })).rejects.toThrow(/Did you mean onnx\?/);
  expect(readdirSync(output)).toEqual(['mine']);
  const absent = join(folder, 'absent/deep');
  await expect(exportModel(model, { to: 'tfjs', output: absent })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  expect(existsSync(absent)).toBe(false);
  model.dispose();
});

const networks = networksToExport(100);
const tried = isWhole ? networks : networks.slice(0, 9);

describe('TensorFlow.js', () => {
  test.each(tried.map((network, index) => ({ network, index, name: network.architecture.name })))(
    'computes the same: $name',
    async ({ network, index }) => {
      const output = join(folder, `networks-${index}`);
      const model = await modelOf(network);
      await exportModel(model, { to: 'tfjs', output });
      const images = imagesFor(model);
      const latents = model.encode(images);
      expectClose(await predict(join(output, 'model'), images), model.reconstruct(images));
      expectClose(await predict(join(output, 'encoder'), images), latents);
      const isDecodable = latentSkip(network) === undefined;
      expect(existsSync(join(output, 'decoder'))).toBe(isDecodable);
      if (isDecodable) expectClose(await predict(join(output, 'decoder'), latents), model.decode(latents));
      model.dispose();
    },
  );
});

async function predict(path: string, values: Float32Array): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = JSON.parse(
    readFileSync(join(path, 'model.json'), 'utf8'),
  ) as tf.io.ModelJSON;
  const { buffer, byteOffset, byteLength } = readFileSync(join(path, 'weights.bin'));
  const weightData = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  await tf.setBackend('cpu');
  const weightSpecs = weightsManifest[0]!.weights;
  const loaded = await loadLayersModel(
    tf.io.fromMemory({ modelTopology: modelTopology as object, weightSpecs, weightData }),
  );
  const output = tf.tidy(() => {
    const shape = loaded.inputs[0]!.shape.map((side) => side ?? 3);
    return (loaded.predict(tf.tensor(values, shape)) as tf.Tensor).dataSync() as Float32Array;
  });
  loaded.dispose();
  return output;
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual).toHaveLength(expected.length);
  const farthest = actual.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  expect(farthest / largest).toBeLessThan(1e-5);
}
