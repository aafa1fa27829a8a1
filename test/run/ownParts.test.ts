// A run with data, stages and an engine of a user's own keeps all that makes it a run.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filter, lastValueFrom, map, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { concat } from '../../src/data/dataset/concat.js';
import { memoryDataset } from '../../src/data/dataset/memoryDataset.js';
import type { DescribedSource } from '../../src/data/describedSource.js';
import { fromIterable } from '../../src/data/fromIterable.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { batchOf } from '../../src/exports/testing.js';
import { defineEngine } from '../../src/model/defineEngine.js';
import { loadCheckpoint } from '../../src/model/node/checkpoint.js';
import type { RunInput } from '../../src/run/config.js';
import type { OwnParts } from '../../src/run/ownParts.js';
import { readRunConfig } from '../../src/run/readRunConfig.js';
import { run } from '../../src/run/run.js';
import { randomCrop } from '../../src/streams/operators/augmentation/randomCrop.js';
import { randomFlip } from '../../src/streams/operators/augmentation/randomFlip.js';
import { randomRotate } from '../../src/streams/operators/augmentation/randomRotate.js';
import { randomShift } from '../../src/streams/operators/augmentation/randomShift.js';
import { rebatch } from '../../src/streams/operators/rebatch.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { millrace } from '../cli/millrace.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { eventsIn, modelIn, outcomeOf, samplesOf } from './interrupted.js';

const folder = temporaryFolder();
let folders = 0;
const newFolder = (): string => join(folder, `run-${folders++}`);

const images = (items: number, factor: number) =>
  memoryDataset({
    name: `images of ${factor}`,
    shape: [4, 4, 1],
    pixels: Uint8Array.from({ length: items * 16 }, (_, at) => (at * factor) % 256),
  });
const data = { train: images(60, 37), test: images(20, 53) };

/** Brighter or darker, by the place of the image and the epoch: nothing to save. */
const flicker = map(
  (batch: Batch): Batch => ({
    ...batch,
    pixels: Uint8Array.from(batch.pixels, (pixel, at) => (pixel + batch.epoch * (batch.indices[at >> 4]! % 7)) % 256),
  }),
);
const invert = map((batch: Batch): Batch => ({ ...batch, pixels: batch.pixels.map((pixel) => 255 - pixel) }));
const identity = map((batch: Batch): Batch => batch);

/** Learns the mean image. */
const meanEngine = defineEngine(({ architecture: { input } }) => {
  const mean = new Float32Array(input[0] * input[1] * input[2]);
  const step = ({ pixels, length }: { pixels: Uint8Array | Float32Array; length: number }, rate: number): number => {
    let loss = 0;
    pixels.forEach((pixel, at) => {
      const error = pixel / 255 - mean[at % mean.length]!;
      loss += error ** 2;
      mean[at % mean.length]! += (rate * error) / length;
    });
    return loss / pixels.length;
  };
  return {
    name: 'mean',
    learningRate: 0.5,
    trainStep: step,
    evaluate: (batch) => step(batch, 0),
    reconstruct: (pixels) => Float32Array.from(pixels, (_, at) => mean[at % mean.length]!),
    weights: () => new Map([['mean', { shape: [mean.length], data: mean }]]),
    setWeights: (weights) => mean.set(weights.get('mean')!.data),
  };
});
const blind = defineEngine({ name: 'blind', trainStep: () => 0.5 });

function collect(input: RunInput, parts: OwnParts, stopAfter?: number): Promise<MillraceEvent[]> {
  const commands = createCommandQueue();
  if (stopAfter !== undefined) commands.send({ action: 'stop', step: stopAfter });
  const begins = input.resume === undefined && parts.engine === undefined;
  const events = run(
    {
      ...(begins && { threads: 1, architecture: { ...TINY_NETWORK } }),
      ...(input.resume === undefined && { sampleEvery: 500 }),
      ...input,
    },
    { ...parts, commands },
  );
  return lastValueFrom(events.pipe(toArray()));
}

/** But those that come when a disk or a clock says so. */
const types = (events: readonly MillraceEvent[]): string =>
  events.flatMap(({ type }) => (type === 'profile' || type === 'checkpoint' ? [] : [type])).join(' ');
const warnings = (events: readonly MillraceEvent[]) => events.filter(({ type }) => type === 'warning');

/** The same run in one go, and interrupted three times: in the middle of an epoch, at the end of one, and as if it were killed. */
async function undisturbedAndResumed(input: RunInput, parts: OwnParts): Promise<readonly [string, string]> {
  const [whole, parted] = [newFolder(), newFolder()];
  await collect({ ...input, output: whole }, parts);
  await collect({ ...input, output: parted }, parts, 2);
  await collect({ resume: parted }, parts, 6);
  await collect({ resume: parted }, parts, 8);
  rmSync(join(parted, 'model.safetensors'));
  await collect({ resume: parted }, parts);
  return [whole, parted];
}

describe('a run on data of its own', () => {
  test('says what they are, and tests on them', async () => {
    const events = await collect({ output: false, epochs: 1 }, { data });
    expect(events[0]).toMatchObject({
      config: { data: 'images of 37', stages: [], prepare: [] },
      dataset: { name: 'images of 37', items: 60, testItems: 20, shape: [4, 4, 1], digest: await data.train.digest() },
      stepsPerEpoch: 3,
    });
    expect(types(events)).toBe('run sample loss loss loss epoch sample end');
    expect(events.find(({ type }) => type === 'epoch')).toHaveProperty('testLoss');
  });

  test('goes on where it was interrupted, to the same bits', async () => {
    const [whole, parted] = await undisturbedAndResumed({ epochs: 4, shuffle: true, noise: 0.2 }, { data });
    expect(outcomeOf(eventsIn(parted))).toEqual(outcomeOf(eventsIn(whole)));
    expect(await modelIn(parted)).toEqual(await modelIn(whole));
  });

  test('does not go on with others, or without', async () => {
    const output = newFolder();
    await collect({ output, epochs: 4 }, { data }, 2);
    const other = { data: { train: images(60, 41), test: data.test } };
    await expect(collect({ resume: output }, other)).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/training images with the digest/),
    });
    await expect(collect({ resume: output, data: 'no such file' }, {})).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/the data images of 37 of your own, which are not given/),
    });
    const renamed = { data: { ...data, train: memoryDatasetNamed('other name') } };
    expect((await collect({ resume: output }, renamed)).at(-1)).toMatchObject({ status: 'completed' });
  });
});

describe('a run on data that are made of others, with augmentations', () => {
  const darker = images(30, 41).map((pixels) => pixels.map((value) => value / 2));
  const train = concat(images(50, 37).slice(5), darker);
  const stages = {
    rotate: randomRotate({ degrees: 20, seed: 1 }),
    shift: randomShift({ pixels: 1, seed: 2 }),
    crop: randomCrop({ padding: 1, seed: 3 }),
    flip: randomFlip({ seed: 4 }),
  };
  const input: RunInput = { holdOut: 0.2, shuffle: true, epochs: 4 };

  test('holds a share of them out to test with', async () => {
    const [first, ...events] = await collect({ ...input, epochs: 1, output: false }, { data: { train } });
    const parts = train.holdOut(0.2, { seed: 1 });
    expect(first).toMatchObject({
      config: { holdOut: 0.2 },
      dataset: { name: 'images of 37 + images of 41', items: 60, testItems: 15, digest: await parts.train.digest() },
    });
    expect(events.find(({ type }) => type === 'epoch')).toHaveProperty('testLoss');
  });

  test('goes on where it was interrupted, to the same bits', async () => {
    const [whole, parted] = await undisturbedAndResumed(input, { data: { train }, stages });
    expect(outcomeOf(eventsIn(parted))).toEqual(outcomeOf(eventsIn(whole)));
    expect(await modelIn(parted)).toEqual(await modelIn(whole));
  });

  test('gives the same bits on any number of threads', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((threads) => collect({ ...input, epochs: 1, output: false, threads }, { data: { train }, stages })),
    );
    expect(outcomeOf(one!)).toEqual(outcomeOf(two!));
  });

  test('does not go on with another share, or with images that are made in another way', async () => {
    const output = newFolder();
    await collect({ ...input, output }, { data: { train } }, 2);
    await expect(collect({ resume: output, holdOut: 0.1 }, { data: { train } })).rejects.toThrow(
      /held-out share 0\.2, not 0\.1/,
    );
    const brighter = concat(images(50, 37).slice(5), images(30, 41));
    await expect(collect({ resume: output }, { data: { train: brighter } })).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/training images with the digest/),
    });
  });
});

function memoryDatasetNamed(name: string) {
  const pixels = Uint8Array.from({ length: 960 }, (_, at) => (at * 37) % 256);
  return memoryDataset({ name, shape: [4, 4, 1], pixels });
}

describe('a run on a source of its own', () => {
  const batches = [1, 2].flatMap((epoch) =>
    [0, 1, 2].map((index) => batchOf(5, { shape: [4, 4, 1], epoch, index, from: index * 5 })),
  );
  const source: DescribedSource = {
    ...fromIterable(batches),
    name: 'camera',
    stepsPerEpoch: 3,
    from: ({ epoch, index }) =>
      fromIterable(batches.filter((batch) => batch.epoch > epoch || (batch.epoch === epoch && batch.index >= index))),
  };

  test('has the epochs and batches that the source gives', async () => {
    const events = await collect({ output: false }, { data: fromIterable(batches) });
    expect(types(events)).toBe('run sample loss loss loss epoch loss loss loss epoch sample end');
    expect(events[0]).toMatchObject({
      config: { batchSize: 5 },
      dataset: { name: 'source', shape: [4, 4, 1], sample: false },
    });
    expect(events[0]).not.toHaveProperty('dataset.digest');
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 6 });
  });

  test('ends before the source does where fewer epochs are asked for', async () => {
    const events = await collect({ output: false, epochs: 1 }, { data: { train: source, test: data.test } });
    expect(events.at(-1)).toMatchObject({ status: 'completed', steps: 3, testLoss: expect.any(Number) });
  });

  test('goes on from its position', async () => {
    const [whole, parted] = await undisturbedAndResumed({ checkpointEvery: 1 }, { data: source });
    expect(outcomeOf(eventsIn(parted))).toEqual(outcomeOf(eventsIn(whole)));
    expect(await modelIn(parted)).toEqual(await modelIn(whole));
  });

  test('says that it cannot go on where the source has none, and is not resumed', async () => {
    const output = newFolder();
    const parts = { data: fromIterable(batches) };
    const events = await collect({ output }, parts, 4);
    expect(warnings(events)).toMatchObject([
      { code: 'NOT_RESUMABLE', message: expect.stringMatching(/source source/) },
    ]);
    expect(readdirSync(output)).toContain('model.safetensors');
    await expect(collect({ resume: output }, parts)).rejects.toMatchObject({ code: 'RUN_RESUME' });
  });

  test('is refused where it has no batch', async () => {
    await expect(collect({ output: false }, { data: fromIterable<Batch>([]) })).rejects.toMatchObject({
      code: 'DATA_EMPTY',
    });
  });
});

describe('stages of a run', () => {
  test('stand in their order between data and training, and are counted by name', async () => {
    const stages = { flicker, brighter: identity, dim: identity };
    const commands = createCommandQueue();
    const input: RunInput = {
      threads: 1,
      architecture: { ...TINY_NETWORK },
      epochs: 1_000_000,
      lossEvery: 1000,
      noise: 0.1,
    };
    const events: MillraceEvent[] = [];
    await run({ ...input, output: false }, { data, stages, prepare: { invert }, commands }).forEach((event) => {
      events.push(event);
      if (event.type === 'stats') commands.send({ action: 'stop' });
    });
    const stats = events.find((event) => event.type === 'stats');
    expect(stats?.stages.map(({ name }) => name)).toEqual([
      'data',
      'flicker',
      'brighter',
      'dim',
      'invert',
      'noise',
      'train',
    ]);
    expect(stats?.stages.every(({ items }) => items > 0)).toBe(true);
    expect(events[0]).toMatchObject({ config: { stages: ['flicker', 'brighter', 'dim'], prepare: ['invert'] } });
  });

  test('touch training batches only, where prepare touches test images and samples too', async () => {
    const plain = await collect({ output: false, epochs: 1 }, { data });
    const staged = await collect({ output: false, epochs: 1 }, { data, stages: { invert } });
    const prepared = await collect({ output: false, epochs: 1 }, { data, prepare: { invert } });
    const inputs = (events: readonly MillraceEvent[]) =>
      events.flatMap((event) => (event.type === 'sample' ? event.items.map(({ input }) => input) : []));
    expect(inputs(staged)).toEqual(inputs(plain));
    expect(inputs(prepared)).not.toEqual(inputs(plain));
    expect(outcomeOf(staged).slice(0, 3)).toEqual(outcomeOf(prepared).slice(0, 3));
    expect(outcomeOf(staged)[0]).not.toEqual(outcomeOf(plain)[0]);
  });

  test('go on where they were interrupted, to the same bits', async () => {
    const [whole, parted] = await undisturbedAndResumed({ epochs: 4, shuffle: true }, { data, stages: { flicker } });
    expect(outcomeOf(eventsIn(parted))).toEqual(outcomeOf(eventsIn(whole)));
    for (const [step, items] of samplesOf(eventsIn(whole)))
      expect(samplesOf(eventsIn(parted)).get(step)).toEqual(items);
    expect(await modelIn(parted)).toEqual(await modelIn(whole));
  });

  test('may leave batches out: epochs end all the same', async () => {
    const events = await collect(
      { output: false, epochs: 2 },
      { data, stages: { notLast: filter(({ index }) => index < 2) } },
    );
    expect(types(events)).toBe('run sample loss loss epoch loss loss epoch sample end');
  });

  test('that cut other batches make the place in the data unknown, which is said once', async () => {
    const stages = { regrouped: rebatch(7) };
    const told = warnings(await collect({ output: newFolder(), epochs: 2 }, { data, stages }));
    expect(told).toMatchObject([{ code: 'NOT_RESUMABLE', message: expect.stringMatching(/batch 0 of epoch 1, of 7/) }]);
    expect(warnings(await collect({ output: false, epochs: 2 }, { data, stages }))).toEqual([]);
    const filtered = { data, stages: { notFirst: filter(({ index }: Batch) => index > 0) } };
    expect(warnings(await collect({ output: newFolder(), epochs: 2 }, filtered))).toEqual([]);
  });

  test('have to be the same when the run goes on', async () => {
    const output = newFolder();
    await collect({ output, epochs: 4 }, { data, stages: { flicker, invert } }, 2);
    await expect(collect({ resume: output }, { data, stages: { invert, flicker } })).rejects.toMatchObject({
      code: 'RUN_RESUME',
      message: expect.stringMatching(/this run has stages flicker, invert, not invert, flicker/),
    });
    await expect(collect({ resume: output }, { data, stages: { flicker }, prepare: { invert } })).rejects.toThrow(
      /stages flicker, invert, not flicker; prepare none, not invert/,
    );
  });
});

test('a run with parts of its own is repeated where they are given again', async () => {
  const [output, again] = [newFolder(), newFolder()];
  const parts = { data, stages: { flicker }, engine: meanEngine };
  await collect({ output, epochs: 2, shuffle: true }, parts);
  const options = await readRunConfig(output);
  expect(Object.keys(options)).not.toEqual(expect.arrayContaining(['data']));
  await collect({ ...options, output: again }, parts);
  expect(await modelIn(again)).toEqual(await modelIn(output));

  const { code, stderr } = await millrace(folder, 'train', '--config', output);
  const named = 'data images of 37; stages flicker; engine mean of its own';
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining(named) });
});

test('a source decides again on its batches where its run is repeated', async () => {
  const output = newFolder();
  const source = fromIterable([batchOf(5, { shape: [4, 4, 1], epoch: 1, index: 0 })]);
  await collect({ output }, { data: source });
  const events = await collect(await readRunConfig(output, { output: false }), { data: source });
  expect(events[0]).toMatchObject({ config: { batchSize: 5 } });
});

describe('an engine of a run’s own', () => {
  test('is shown by its name, and keeps the run as any other does', async () => {
    const output = newFolder();
    const events = await collect({ output, epochs: 2 }, { data, engine: meanEngine });
    expect(events[0]).toMatchObject({
      config: { engine: 'mean', learningRate: 0.5 },
      architecture: { name: 'mean', input: [4, 4, 1], encoder: [], decoder: [] },
      engine: { name: 'mean', backend: 'javascript' },
      parameters: 16,
    });
    expect(events[0]).not.toHaveProperty('config.architecture');
    expect(types(events)).toBe('run sample loss loss loss epoch loss loss loss epoch sample end');
    const { network, weights } = await loadCheckpoint(join(output, 'model.safetensors'));
    expect(network.architecture.name).toBe('mean');
    expect(weights.get('mean')?.shape).toEqual([16]);
  });

  test('goes on where it was interrupted, to the same bits', async () => {
    const [whole, parted] = await undisturbedAndResumed({ epochs: 4 }, { data, engine: meanEngine });
    expect(outcomeOf(eventsIn(parted))).toEqual(outcomeOf(eventsIn(whole)));
    expect(await modelIn(parted)).toEqual(await modelIn(whole));
  });

  test('begins with weights from a file', async () => {
    const output = newFolder();
    await collect({ output, epochs: 3 }, { data, engine: meanEngine });
    const events = await collect(
      { output: false, epochs: 1, weights: join(output, 'model.safetensors') },
      { data, engine: meanEngine },
    );
    const before = eventsIn(output).findLast(({ type }) => type === 'sample');
    expect(events.find(({ type }) => type === 'sample')).toMatchObject({ items: (before as { items: object }).items });
    await expect(
      collect({ output: false, weights: join(output, 'model.safetensors') }, { data, engine: blind }),
    ).rejects.toMatchObject({ code: 'OPTION', option: 'weights' });
  });

  test('has to be the same when the run goes on', async () => {
    const output = newFolder();
    await collect({ output, epochs: 4 }, { data, engine: meanEngine }, 2);
    await expect(collect({ resume: output }, { data })).rejects.toThrow(/the engine mean of your own/);
    await expect(collect({ resume: output }, { data, engine: blind })).rejects.toThrow(/engine mean, not blind/);
    const simd = newFolder();
    await collect({ output: simd, epochs: 4 }, { data }, 2);
    await expect(collect({ resume: simd }, { data, engine: blind })).rejects.toThrow(/engine simd, not blind/);
  });

  test('that can only train says once what the run goes without', async () => {
    const output = newFolder();
    const events = await collect({ output, epochs: 1 }, { data, engine: blind });
    expect(types(events)).toBe('run warning loss loss loss epoch end');
    expect(warnings(events)).toMatchObject([
      { code: 'ENGINE_PARTIAL', message: expect.stringMatching(/blind.*no test loss.*no samples.*no checkpoints/) },
    ]);
    expect(existsSync(join(output, 'model.safetensors'))).toBe(false);
  });
});

test.each<[string, RunInput, OwnParts]>([
  ['data', { data: 'mnist' }, { data }],
  ['testData', { testData: 'file' }, { data }],
  ['data', {}, { data: {} as never }],
  ['holdOut', { holdOut: 0.1 }, { data: fromIterable<Batch>([]) }],
  ['holdOut', { holdOut: 0.1 }, { data }],
  ['shuffle', { shuffle: true }, { data: fromIterable<Batch>([]) }],
  ['engine', { engine: 'simd' }, { engine: blind }],
  ['engine', {}, { engine: 'simd' as never }],
  ['loss', { loss: 'mae' }, { engine: blind }],
  ['optimizer', { optimizer: 'sgd' }, { engine: blind }],
  ['stages', {}, { stages: { noise: identity } }],
  ['stages', {}, { stages: { 1: identity } }],
  ['prepare', {}, { stages: { one: identity }, prepare: { one: identity } }],
  ['stages.one', {}, { stages: { one: 1 as never } }],
])('%s is refused at once: %j', (option, input, parts) => {
  expect(() => run(input, parts)).toThrow(expect.objectContaining({ code: 'OPTION', option }));
});
