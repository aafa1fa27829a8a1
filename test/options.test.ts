// Names of options that do not exist, wherever the library takes options.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { NEVER } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { OptionError } from '../src/errors.js';
import * as millrace from '../src/exports/index.js';
import * as testing from '../src/exports/testing.js';
import { openDashboard } from '../src/exports/tui.js';
import { requireKnownOptions, wrongChoice } from '../src/options.js';
import { ENTRIES, exportsOf } from './exports/exported.js';

const model = new millrace.Model(testing.fakeEngine());
/** As much of a model as is looked at before its options. */
const layersModel = { inputs: [], outputs: [], apply: () => [] } as unknown as LayersModel;
const images = millrace.memoryDataset({ shape: [1, 1, 1], pixels: new Uint8Array(1) });

/** Every function that takes options, called as JavaScript does with a name that is slightly wrong, and what is probably meant. */
// biome-ignore lint/suspicious/noExplicitAny: what the types would refuse is the point
const CALLS: Readonly<Record<string, readonly [call: (options: any) => unknown, wrong: string, meant: string]>> = {
  addNoise: [millrace.addNoise, 'faktor', 'factor'],
  batchOf: [(options) => testing.batchOf(1, options), 'epochs', 'epoch'],
  batchesOf: [(options) => testing.batchesOf(1, 1, options), 'shap', 'shape'],
  boundedPipeline: [millrace.boundedPipeline, 'highwatermark', 'highWaterMark'],
  checkBound: [(options) => testing.checkBound((source) => source, options), 'highWatermark', 'highWaterMark'],
  commandSink: [(options) => millrace.commandSink('true', options), 'timeout', 'timeoutMs'],
  createEngine: [millrace.createEngine, 'thread', 'threads'],
  createStamp: [millrace.createStamp, 'sec', 'seq'],
  'Dataset.batches': [(options) => images.batches(options), 'droplast', 'dropLast'],
  'Dataset.batchesPerEpoch': [(options) => images.batchesPerEpoch(options), 'epoch', 'epochs'],
  'Dataset.holdOut': [(options) => images.holdOut(0.5, options), 'seeds', 'seed'],
  'Dataset.map': [(options) => images.map((pixels) => pixels, options), 'shapes', 'shape'],
  defineDataset: [millrace.defineDataset, 'label', 'labels'],
  defineEngine: [millrace.defineEngine, 'trainstep', 'trainStep'],
  dispensableSink: [
    (options) =>
      millrace.dispensableSink(
        millrace.eventSink(() => {}),
        options,
      ),
    'timeoutms',
    'timeoutMs',
  ],
  exportModel: [(options) => millrace.exportModel(model, options), 'outputs', 'output'],
  fakeEngine: [testing.fakeEngine, 'losses', 'loss'],
  fetchMnist: [millrace.fetchMnist, 'mirror', 'mirrors'],
  fileSink: [(options) => millrace.fileSink('/nowhere/x', options), 'stopp', 'stop'],
  fitThreshold: [(options) => millrace.fitThreshold(model, [], options), 'quantil', 'quantile'],
  folder: [(options) => millrace.folder('/nowhere', options), 'cachefolder', 'cacheFolder'],
  forEachAsync: [
    (options) => millrace.forEachAsync(millrace.pipeline([]), async () => 1, options),
    'onerror',
    'onError',
  ],
  fromLayersModel: [(options) => millrace.fromLayersModel(layersModel, options), 'losses', 'loss'],
  fromObservable: [(options) => millrace.fromObservable(NEVER, options), 'overFlow', 'overflow'],
  histogram: [(options) => millrace.histogram('weights', [1], options), 'bin', 'bins'],
  idx: [(options) => millrace.idx('/nowhere', options), 'label', 'labels'],
  mapAsync: [(options) => millrace.mapAsync(async () => 1, options), 'concurency', 'concurrency'],
  memoryDataset: [millrace.memoryDataset, 'pixel', 'pixels'],
  metric: [(options) => millrace.metric('psnr', 1, options), 'units', 'unit'],
  mixSources: [(options) => millrace.mixSources([[1]], options), 'weight', 'weights'],
  mnist: [millrace.mnist, 'ofline', 'offline'],
  Model: [(options) => new millrace.Model(testing.fakeEngine(), options), 'los', 'loss'],
  'Model.encodeAsync': [(options) => model.encodeAsync(new Uint8Array(4), options), 'signals', 'signal'],
  'Model.evaluate': [(options) => model.evaluate([], options), 'wors', 'worst'],
  natsSink: [(options) => millrace.natsSink('nats://127.0.0.1:9', options), 'timeoutMS', 'timeoutMs'],
  openDashboard: [openDashboard, 'onstop', 'onStop'],
  openData: [millrace.openData, 'testdata', 'testData'],
  openModel: [(options) => millrace.openModel('nowhere', options), 'thread', 'threads'],
  openStream: [(options) => millrace.openStream(noBytes(), options), 'paths', 'path'],
  pngSink: [(options) => millrace.pngSink('/nowhere', options), 'resume', 'resumed'],
  planPruning: [millrace.planPruning, 'keeps', 'keep'],
  pruneRuns: [millrace.pruneRuns, 'keeps', 'keep'],
  quantise: [millrace.quantise, 'bit', 'bits'],
  randomCrop: [millrace.randomCrop, 'pading', 'padding'],
  randomFlip: [millrace.randomFlip, 'directions', 'direction'],
  randomRotate: [millrace.randomRotate, 'degree', 'degrees'],
  randomShift: [millrace.randomShift, 'pixel', 'pixels'],
  rebatch: [(options) => millrace.rebatch(3, options), 'droplast', 'dropLast'],
  resolveConfig: [millrace.resolveConfig, 'lossevery', 'lossEvery'],
  run: [(options) => millrace.run({}, options), 'comands', 'commands'],
  'run, its configuration': [millrace.run, 'lossevery', 'lossEvery'],
  saveCheckpoint: [(options) => millrace.saveCheckpoint('/nowhere/x', testing.fakeEngine(), options), 'runs', 'run'],
  scriptedSource: [(options) => testing.scriptedSource([], options), 'failat', 'failAt'],
  serveEvents: [millrace.serveEvents, 'command', 'commands'],
  shuffleBuffer: [millrace.shuffleBuffer, 'sise', 'size'],
  StageStats: [(options) => new millrace.StageStats('stage', options), 'nov', 'now'],
  timeoutSink: [(options) => millrace.timeoutSink(noSink, options), 'timeoutMS', 'timeoutMs'],
  toWritable: [(options) => millrace.toWritable(new WritableStream(), options), 'keepopen', 'keepOpen'],
  train: [(options) => millrace.train(testing.fakeEngine(), options), 'sampelEvery', 'sampleEvery'],
  withFlow: [(options) => millrace.withFlow(options, () => NEVER), 'highWatermark', 'highWaterMark'],
  withRunEvents: [millrace.withRunEvents, 'epoch', 'epochs'],
  writableSink: [(options) => millrace.writableSink(process.stdout, options), 'keepopen', 'keepOpen'],
};

/** Take something whose name says options, which is none. */
const OTHERS: Readonly<Record<string, string>> = {
  drawTile: 'takes a theme, which has more in it',
  readRunConfig: 'hands its options on to run, which names them',
};

describe('an option that does not exist', () => {
  test.each(Object.entries(CALLS))('of %s is refused, with the one that was probably meant', async (_, entry) => {
    const [call, wrong, meant] = entry;
    const error = await (async () => call({ [wrong]: 1 }))().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toBe(`there is no option "${wrong}". Did you mean ${meant}?`);
  });

  test('is refused by every exported function that takes options', () => {
    const taking = Object.values(ENTRIES)
      .flatMap(exportsOf)
      .filter(({ declaration }) => /: [^;]*\b(\w+Options|\w+Definition|Script|RunInput)\b/.test(declaration))
      .map(({ name }) => name);
    const called = Object.keys(CALLS).filter((name) => /^\w+$/.test(name));
    expect([...new Set(taking)].sort()).toEqual([...called, ...Object.keys(OTHERS)].sort());
  });

  test('gets no suggestion where it is far off', () => {
    expect(() => millrace.run({ q: 1 } as never)).toThrow(/no option "q"\. Leave it out, or take one of name, data,/);
  });

  test('is passed over where it is undefined, as an object that is spread leaves it', () => {
    expect(() => requireKnownOptions({ size: 3, seed: undefined } as { size: number }, { size: true })).not.toThrow();
  });

  test('cannot be one of every object', () => {
    expect(() => requireKnownOptions({ toString: 1 } as never, { size: true } as never)).toThrow(
      /no option "toString"/,
    );
  });
});

test('an instance of a class that defines a data set may have state of its own', async () => {
  class Counting {
    readonly name = 'counting';
    readonly items = 3;
    readonly shape = [1, 1, 1] as const;
    reads = 0;

    read(from: number, to: number): Uint8Array {
      this.reads += 1;
      return new Uint8Array(to - from);
    }
  }
  const definition = new Counting();
  await millrace.defineDataset(definition).read(0, 2);
  expect(definition.reads).toBe(1);
});

test.each([undefined, null, 3])('%j are no options', (options) => {
  const call = (): unknown => millrace.addNoise(options as never);
  expect(call).toThrow(/^options: expected an object of options/);
});

test('a choice that there is none of is told with the nearest', () => {
  const { message } = wrongChoice('engine', 'sim', ['simd', 'tfjs']);
  expect(message).toBe('engine: expected one of simd, tfjs, found "sim". Did you mean simd?');
});

const noSink = { write: () => undefined, close: async () => undefined };

async function* noBytes(): AsyncGenerator<Uint8Array> {}
