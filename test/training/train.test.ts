import { lastValueFrom, map, take, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, test, vi } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { fromIterable } from '../../src/data/fromIterable.js';
import type { EpochEvent, LossEvent, MillraceEvent, ProfileEvent, SampleEvent } from '../../src/events/schema.js';
import { batchesOf, batchOf, checkBound, type FakeEngine, fakeEngine } from '../../src/exports/testing.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import type { Engine } from '../../src/model/engine.js';
import { createEngine } from '../../src/model/node/createEngine.js';
import { pipeline } from '../../src/streams/pipeline.js';
import { withFlow } from '../../src/streams/withFlow.js';
import { createCommandQueue } from '../../src/training/commands/commandQueue.js';
import { train } from '../../src/training/train.js';
import type { TrainOptions } from '../../src/training/trainOptions.js';
import { datasetOf } from '../fixtures/datasetOf.js';

function run(
  batches: readonly Batch[],
  options?: TrainOptions,
  engine: Engine = fakeEngine(),
): Promise<MillraceEvent[]> {
  return lastValueFrom(pipeline(fromIterable(batches), train(engine, options)).pipe(toArray()));
}

const types = (events: readonly MillraceEvent[]): string => events.map(({ type }) => type).join(' ');
const only = <E extends MillraceEvent>(events: readonly MillraceEvent[], type: E['type']): E[] =>
  events.filter((event): event is E => event.type === type);

describe('events', () => {
  test('are a loss for each update, an epoch, and samples before the first and after the last', async () => {
    const events = await run(batchesOf(6, 2));
    expect(types(events)).toBe('sample loss loss loss epoch sample');
    expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(events.map(({ step }) => step)).toEqual([0, 1, 2, 3, 3, 3]);
    expect(events.every(({ epoch }) => epoch === 1)).toBe(true);
  });

  test('carry the loss before the update, its items and the learning rate it was made with', async () => {
    const [first] = only<LossEvent>(await run([batchOf(2)], {}, fakeEngine({ loss: () => 0.25 })), 'loss');
    expect(first).toMatchObject({ loss: 0.25, items: 2, learningRate: 0.001 });
  });

  test('come at the steps that are asked for', async () => {
    const events = await run(batchesOf(12, 2), { lossEvery: 2, sampleEvery: 3 });
    expect(only(events, 'loss').map(({ step }) => step)).toEqual([2, 4, 6]);
    expect(only(events, 'sample').map(({ step }) => step)).toEqual([0, 3, 6]);
  });

  test('weigh the last, smaller batch by its items', async () => {
    const engine = fakeEngine({ loss: (step) => (step === 1 ? 1 : 4) });
    const [epoch] = only<EpochEvent>(await run(batchesOf(5, 4), { notebookLosses: [0.5] }, engine), 'epoch');
    expect(epoch).toMatchObject({ trainLoss: (4 * 1 + 1 * 4) / 5, printedLoss: 4 * 1.6, notebookLoss: 0.5 });
  });

  test('count epochs as the batches do', async () => {
    const batches = [1, 2].flatMap((epoch) => batchesOf(4, 2, { epoch }));
    const events = await run(batches);
    expect(types(events)).toBe('sample loss loss epoch loss loss epoch sample');
    expect(events.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  });
});

test.each([1, 2])('what the engine throws at step %i is the error of the stream', async (at) => {
  const engine = fakeEngine({
    loss(step) {
      if (step === at) throw new Error('lost');
      return 1;
    },
  });
  await expect(run(batchesOf(6, 2), {}, engine)).rejects.toThrow('lost');
});

describe('a test set', () => {
  test('is evaluated whole after each epoch, by items, and learnt nothing from', async () => {
    const engine = fakeEngine();
    const [epoch] = only<EpochEvent>(await run(batchesOf(4, 2), { testData: datasetOf(50) }, engine), 'epoch');
    expect(epoch?.testLoss).toBe(0);
    expect(engine.evaluated.reduce((items, { length }) => items + length, 0)).toBe(50);
    expect(engine.trained).toHaveLength(2);
  });

  test('gives the samples: its first ten images with index, label, input and reconstruction', async () => {
    const [sample] = only<SampleEvent>(await run(batchesOf(4, 2), { testData: datasetOf(50) }), 'sample');
    expect(sample).toMatchObject({ split: 'test', shape: [2, 2, 1] });
    expect(sample?.items.map(({ index, label }) => [index, label])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i, i]),
    );
    expect(Buffer.from(sample?.items[3]?.input ?? '', 'base64')).toEqual(Buffer.of(3, 4, 5, 6));
    expect(sample?.items[3]?.reconstruction).toBe(sample?.items[3]?.input);
    expect(sample?.items[3]).not.toHaveProperty('target');
  });

  test('passes what the training batches pass, and is compared with its target', async () => {
    const darken = map((batch: Batch) => ({
      ...batch,
      pixels: new Float32Array(batch.pixels.length),
      target: batch.pixels,
    }));
    const events = await run(batchesOf(4, 2), { testData: datasetOf(3), prepare: darken });
    const [sample] = only<SampleEvent>(events, 'sample');
    const clean = Buffer.of(2, 3, 4, 5);
    expect(Buffer.from(sample?.items[2]?.target ?? '', 'base64')).toEqual(clean);
    expect(Buffer.from(sample?.items[2]?.input ?? '', 'base64')).toEqual(Buffer.alloc(4));
    expect(sample?.items[2]?.loss).toBeCloseTo([...clean].reduce((sum, byte) => sum + (byte / 255) ** 2, 0) / 4);
    expect(only<EpochEvent>(events, 'epoch')[0]?.testLoss).toBeGreaterThan(0);
  });

  test('that is missing leaves the first batch for the samples', async () => {
    const events = await run(batchesOf(4, 2));
    expect(only<SampleEvent>(events, 'sample')[0]).toMatchObject({
      split: 'train',
      items: [{ index: 0 }, { index: 1 }],
    });
    expect(only<EpochEvent>(events, 'epoch')[0]).not.toHaveProperty('testLoss');
  });
});

describe('latents', () => {
  const levels = (base64 = ''): readonly number[] => [...Buffer.from(base64, 'base64')];

  test('are part of a sample, in bytes from the lowest to the highest of all its items', async () => {
    const [sample] = only<SampleEvent>(await run([batchOf(3)]), 'sample');
    expect(sample?.latentShape).toEqual([2, 2, 1]);
    // The fake's latents are its images: 0 to 3, 1 to 4, 2 to 5, in 255ths.
    const [first, , third] = sample?.items ?? [];
    expect(first?.latent?.low).toBe(0);
    expect(first?.latent?.high).toBeCloseTo(5 / 255);
    expect(levels(first?.latent?.values)).toEqual([0, 51, 102, 153]);
    expect(levels(third?.latent?.values)).toEqual([102, 153, 204, 255]);
    expect(third?.latent).toMatchObject({ low: first?.latent?.low, high: first?.latent?.high });
  });

  test('are left out where they have more than 4,096 values', async () => {
    const shape = [64, 65, 1] as const;
    const [sample] = only<SampleEvent>(await run([batchOf(2, { shape })], {}, fakeEngine({ shape })), 'sample');
    expect(sample).not.toHaveProperty('latentShape');
    expect(sample?.items[0]).not.toHaveProperty('latent');
    expect(sample?.items[0]?.reconstruction).toBe(sample?.items[0]?.input);
  });
});

describe('filters', () => {
  const network = checkArchitecture({
    name: 'filters',
    input: [2, 2, 1],
    encoder: [{ type: 'conv2d', filters: 3, kernelSize: 2, padding: 'same' }],
    decoder: [{ type: 'conv2d', filters: 1, kernelSize: 2, padding: 'same' }],
  });

  test('come after every sample', async () => {
    const engine = await createEngine({ network, engine: 'simd', threads: 1 });
    const events = await run(batchesOf(6, 2), { sampleEvery: 2 }, engine);
    engine.dispose();
    expect(types(events)).toBe('sample weights loss loss sample weights loss epoch profile sample weights');
    expect(events[1]).toMatchObject({ step: 0, layer: 'encoder.0', shape: [3, 2, 2, 1] });
  });
});

describe('a profile', () => {
  const layers = [{ layers: 'encoder.0', forwardMicroseconds: 2, backwardMicroseconds: 3 }];
  const profiled = (): FakeEngine & { readonly profile: ReturnType<typeof vi.fn> } =>
    Object.assign(fakeEngine(), { profile: vi.fn(() => ({ layers, updateMicroseconds: 4 })) });

  test('comes with the epoch, of a batch that was trained', async () => {
    const engine = profiled();
    const batches = batchesOf(6, 2);
    const events = await run(batches, {}, engine);
    expect(types(events)).toBe('sample loss loss loss epoch profile sample');
    expect(only<ProfileEvent>(events, 'profile')[0]).toMatchObject({ step: 3, layers, updateMicroseconds: 4 });
    expect(engine.profile).toHaveBeenCalledWith(batches[2]);
  });

  test('comes after 250 steps of a long first epoch, and again when it is over', async () => {
    const events = await run(batchesOf(600, 1), {}, profiled());
    expect(only<ProfileEvent>(events, 'profile').map(({ step }) => step)).toEqual([250, 600]);
  });

  test('does not come with every one of many short epochs', async () => {
    const batches = Array.from({ length: 30 }, (_, index) => batchesOf(20, 1, { epoch: index + 1 })).flat();
    const events = await run(batches, {}, profiled());
    expect(only<ProfileEvent>(events, 'profile').map(({ step }) => step)).toEqual([20, 280, 540]);
  });
});

describe('an end', () => {
  test('by a reader who leaves is the end of its engine’s work', async () => {
    const engine = fakeEngine();
    const encode = vi.spyOn(engine, 'encode');
    const events = pipeline(fromIterable(batchesOf(4, 2)), train(engine, { sampleEvery: 1 }));
    expect(types(await lastValueFrom(events.pipe(take(2), toArray())))).toBe('sample loss');
    expect(encode).toHaveBeenCalledTimes(1);
  });

  test('on request comes after the present step, with a last sample and no epoch', async () => {
    const commands = createCommandQueue();
    const engine = fakeEngine({
      loss: (step) => {
        if (step === 2) commands.send({ action: 'stop' });
        return 1;
      },
    });
    const events = await run(batchesOf(20, 2), { commands }, engine);
    expect(types(events)).toBe('sample loss loss command sample');
    expect(engine.trained).toHaveLength(2);
  });

  test('comes with an error when the loss is not finite any more, after saying so', async () => {
    const engine = fakeEngine({ loss: (step) => (step === 2 ? Number.NaN : 1) });
    const seen: MillraceEvent[] = [];
    const trained = pipeline(fromIterable(batchesOf(20, 2)), train(engine, { lossEvery: 100 }));
    await expect(trained.forEach((event) => void seen.push(event))).rejects.toMatchObject({ code: 'RUN_DIVERGED' });
    expect(types(seen)).toBe('sample loss');
    expect(engine.trained).toHaveLength(2);
  });

  test('leaves the engine to its owner', async () => {
    const engine: FakeEngine = fakeEngine();
    await run(batchesOf(4, 2), {}, engine);
    expect(engine.disposed).toBe(false);
  });
});

test('holds no more batches than the flow allows while it evaluates', async () => {
  const epochs = [1, 2, 3, 4].flatMap((epoch) => batchesOf(4, 2, { epoch }));
  const report = await checkBound(train(fakeEngine(), { testData: datasetOf(100) }), {
    items: epochs,
    highWaterMark: 2,
  });
  expect(report.maxInFlight).toBeLessThanOrEqual(2);
});

test('refuses intervals that are not whole numbers of at least 1', () => {
  expect(() => train(fakeEngine(), { sampleEvery: 0 })).toThrow(/sampleEvery/);
  expect(() => train(fakeEngine(), { lossEvery: 1.5 })).toThrow(/lossEvery/);
});

test('unsubscribes from its source when it is unsubscribed from', () => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-a-a-|', { a: batchOf(2) });
    const trained = withFlow({}, (flow) => train(fakeEngine())(source, flow)).pipe(map(({ type }) => type));
    expectObservable(trained, '^--!').toBe('');
    expectSubscriptions(source.subscriptions).toBe('^--!');
  });
});
