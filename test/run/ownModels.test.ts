// Models of a user's own in a run: labels on their way, TensorFlow.js models that are resumed, files of Keras and TensorFlow.js.
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { lastValueFrom, map, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { memoryDataset } from '../../src/data/dataset/memoryDataset.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { defineEngine } from '../../src/model/defineEngine.js';
import type { TrainingBatch } from '../../src/model/engine.js';
import { fromLayersModel } from '../../src/model/tfjs/node/fromLayersModel.js';
import type { RunInput } from '../../src/run/config.js';
import { run } from '../../src/run/run.js';
import type { RunOptions } from '../../src/run/runOptions.js';
import { addNoise } from '../../src/streams/operators/addNoise.js';
import { randomFlip } from '../../src/streams/operators/augmentation/randomFlip.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { rebatch } from '../../src/streams/operators/rebatch.js';
import { shuffleBuffer } from '../../src/streams/operators/shuffleBuffer.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { saveLayersModel } from '../fixtures/layersModelFolder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { modelIn } from './interrupted.js';

// Otherwise the cpu backend greets on the console.
tf.enableProdMode();

const folder = temporaryFolder();

/** Images as bright as their label says. */
function labelled(items: number) {
  const labels = Uint8Array.from({ length: items }, (_, item) => item % 10);
  const pixels = Uint8Array.from({ length: items * 16 }, (_, at) => 20 * labels[Math.floor(at / 16)]!);
  return memoryDataset({ shape: [4, 4, 1], pixels, labels });
}
const data = { train: labelled(60), test: labelled(20) };

const eventsOf = (input: RunInput, options: RunOptions = {}): Promise<MillraceEvent[]> =>
  lastValueFrom(run(input.resume ? input : { epochs: 1, output: false, ...input }, options).pipe(toArray()), {
    defaultValue: [],
  });

test('labels stay with their images through all stages, and what an engine measures is a metric of the test images', async () => {
  const together = ({ labels, pixels, length }: TrainingBatch) =>
    Array.from({ length }, (_, item) => Math.abs(pixels[item * 16]! * 255 - 20 * labels![item]!) < 10).filter(Boolean)
      .length / length;
  const engine = defineEngine({
    name: 'labels',
    trainStep: (batch) => 1 - together(batch),
    evaluate: (batch) => ({ loss: 0, metrics: { together: together(batch) } }),
  });
  const events = await eventsOf(
    { shuffle: true, batchSize: 8 },
    {
      data,
      engine,
      stages: {
        shuffle: shuffleBuffer({ size: 30, seed: 1 }),
        flip: randomFlip({ seed: 1 }),
        wait: mapAsync(async (batch: Batch) => batch, { concurrency: 2 }),
        rebatch: rebatch(7),
      },
      prepare: { grain: addNoise({ factor: 0.001, seed: 1 }), same: map((batch: Batch) => batch) },
    },
  );
  expect(events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []))).toEqual(Array(9).fill(0));
  expect(events).toContainEqual(expect.objectContaining({ type: 'metric', name: 'together', split: 'test', value: 1 }));
});

test('labels reach an engine in a thread', async () => {
  const events = await eventsOf({}, { worker: new URL('./thread/fixtures/labelled.mjs', import.meta.url) });
  expect(events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []))).toEqual([0, 0, 0]);
  expect(events).toContainEqual(expect.objectContaining({ type: 'metric', name: 'together', value: 1 }));
});

const seeded = (seed: number) => ({ className: 'GlorotUniform', config: { seed } }) as never;

function classifier() {
  const model = sequential({
    layers: [
      layers.flatten({ inputShape: [4, 4, 1] }),
      layers.batchNormalization(),
      layers.dense({ units: 10, activation: 'softmax', kernelInitializer: seeded(1) }),
    ],
  });
  return fromLayersModel(model, { loss: 'crossEntropy', optimizer: tf.train.adam(0.05), backend: 'cpu' });
}

test('a classifier that is stopped and resumed ends with the same bits, and tells its accuracy', async () => {
  const [whole, halves] = [join(folder, 'whole'), join(folder, 'halves')];
  const input = { epochs: 3, shuffle: true, seed: 3 };
  const through = await eventsOf({ ...input, output: whole }, { data, engine: classifier() });
  const commands = createCommandQueue();
  commands.send({ action: 'stop', step: 4 });
  await eventsOf({ ...input, output: halves }, { data, engine: classifier(), commands });
  await eventsOf({ resume: halves }, { data, engine: classifier() });
  expect(await modelIn(halves)).toEqual(await modelIn(whole));
  expect(through[0]).toMatchObject({
    config: { loss: 'crossEntropy' },
    engine: { name: 'layersModel', backend: 'cpu' },
  });
  const accuracies = through.flatMap((event) => (event.type === 'metric' ? [[event.name, event.split]] : []));
  expect(accuracies).toEqual(Array(3).fill(['accuracy', 'test']));
});

test('a model of labels on data without labels ends the run with one sentence', async () => {
  const unlabelled = memoryDataset({ shape: [4, 4, 1], pixels: new Uint8Array(320) });
  await expect(eventsOf({}, { data: unlabelled.batches({ size: 20 }), engine: classifier() })).rejects.toThrow(
    /^the model learns labels: expected batches with labels, found none\./,
  );
});

test('what a model cannot save is a warning where something is saved', async () => {
  const model = sequential({ layers: [layers.dropout({ rate: 0.1, inputShape: [16] }), layers.dense({ units: 16 })] });
  const engine = fromLayersModel(model, { backend: 'cpu' });
  const warnings = async (output: string | false) =>
    (await eventsOf({ output }, { data, engine })).flatMap((event) =>
      event.type === 'warning' ? [event.message] : [],
    );
  expect(await warnings(false)).toEqual([]);
  expect(await warnings(join(folder, 'dropout'))).toEqual([
    expect.stringMatching(/^A resume of this run begins anew .*layersModel.*: the random numbers of dropout/),
  ]);
});

test("a network named by a file does not go with a model of one's own", async () => {
  await expect(eventsOf({ architecture: 'transpose' }, { data, engine: classifier() })).rejects.toMatchObject({
    code: 'OPTION',
    option: 'architecture',
  });
});

test('a model.json with weights trains on from them, in any engine', async () => {
  const model = sequential({
    layers: [
      layers.flatten({ inputShape: [4, 4, 1] }),
      layers.dense({ units: 3, activation: 'relu', kernelInitializer: seeded(1) }),
      layers.dense({ units: 16, activation: 'sigmoid', kernelInitializer: seeded(2) }),
      layers.reshape({ targetShape: [4, 4, 1] }),
    ],
  });
  const architecture = await saveLayersModel(model, join(folder, 'saved'));
  const first = await data.train.read(0, 20);
  const pixels = Float32Array.from(first, (pixel) => pixel / 255);
  const output = tf.tidy(() => (model.predict(tf.tensor(pixels, [20, 4, 4, 1])) as tf.Tensor).dataSync<'float32'>());
  const loss = output.reduce((sum, value, at) => sum + (value - pixels[at]!) ** 2 / output.length, 0);
  for (const engine of [{ threads: 1 }, { backend: 'cpu' } as const]) {
    const events = await eventsOf({ architecture, ...engine }, { data });
    expect(events.find((event) => event.type === 'loss')?.loss).toBeCloseTo(loss, 6);
    expect(events[0]).toMatchObject({ config: { architecture, weights: architecture }, parameters: 16 * 3 + 3 + 64 });
  }
});
