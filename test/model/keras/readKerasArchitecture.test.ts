// Models as Keras 3 writes them (test/fixtures/peers/keras.py), and variants of them that cannot be read.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchitectureError } from '../../../src/errors.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { readKerasArchitecture } from '../../../src/model/keras/readKerasArchitecture.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { readArchitecture } from '../../../src/model/node/readArchitecture.js';
import { loadWeights } from '../../../src/model/node/weightsFile.js';
import { cases } from '../../fixtures/laws.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();

interface Made {
  readonly topology: unknown;
  readonly weights: readonly { readonly name: string; readonly shape: number[]; readonly values: number[] }[];
  readonly pixels: readonly number[];
  readonly output: readonly number[];
}

const { models } = JSON.parse(readFileSync('test/fixtures/peers/keras.json', 'utf8')) as {
  readonly models: Readonly<Record<string, Made>>;
};

/** As TensorFlow.js's converter writes a model of Keras's. */
function converted(name: string): string {
  const { topology, weights } = models[name]!;
  const place = join(folder, name);
  mkdirSync(place);
  writeFileSync(join(place, 'all.bin'), Float32Array.from(weights.flatMap(({ values }) => values)));
  const specs = weights.map(({ values: _, ...spec }) => ({ ...spec, dtype: 'float32' }));
  const manifest = [{ paths: ['all.bin'], weights: specs }];
  const path = join(place, 'model.json');
  const text = JSON.stringify({ modelTopology: { model_config: topology }, weightsManifest: manifest });
  writeFileSync(path, `\ufeff${text}`);
  return path;
}

test.each(['sequential', 'functional', 'pair'])('the %s model computes what it computes in Keras', async (name) => {
  const path = converted(name);
  const network = await readArchitecture(path);
  const engine = await createEngine({ network, weights: await loadWeights(path, network), threads: 1 });
  const { pixels, output } = models[name]!;
  const reconstruction = engine.reconstruct(Float32Array.from(pixels));
  engine.dispose();
  expect(reconstruction).toHaveLength(output.length);
  expect(Math.max(...reconstruction.map((value, at) => Math.abs(value - output[at]!)))).toBeLessThan(1e-5);
});

test('activations of their own go into the layer that they follow', () => {
  const { architecture } = readKerasArchitecture(models.sequential!.topology, undefined);
  expect(architecture.encoder).toEqual([
    { type: 'conv2d', filters: 4, kernelSize: 3, strides: 1, padding: 'same', activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'flatten' },
    { type: 'dense', units: 5 },
  ]);
  expect(architecture.decoder.map(({ type }) => type)).toEqual(['dense', 'reshape', 'conv2dTranspose']);
});

type Layers = { class_name: string; config: Record<string, unknown> }[];

/** The sequential model with other layers. */
function changed(change: (layers: Layers) => void): unknown {
  const topology = structuredClone(models.sequential!.topology) as { config: { layers: Layers } };
  change(topology.config.layers);
  return topology;
}

const setting = (layer: number, key: string, value: unknown) =>
  changed((layers) => {
    layers[layer]!.config[key] = value;
  });

/** Flattened as 4×4×4, and made an image of another shape again without a Dense in between. */
const reordered = changed((layers) => {
  layers.splice(5, 3);
  layers[5]!.config.target_shape = [8, 8, 1];
});

const CONV = 1;
const POOL = 2;
const DENSE = 5;
const ACTIVATION = 7;

describe('what cannot be read is one sentence', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'a layer',
      models.recurrent!.topology,
      /^net\.json: layers\.1 \(LSTM\): expected one of InputLayer, Conv2D, .*ReLU/,
    ],
    ['a graph', models.skip!.topology, /^net\.json: layers\.\d \((?:Conv2D|Add)\): takes .*fromLayersModel/],
    [
      'channels first',
      setting(CONV, 'data_format', 'channels_first'),
      /layers\.1 \(Conv2D\): data_format: expected "channels_last"/,
    ],
    ['a dilation', setting(CONV, 'dilation_rate', [2, 2]), /dilation_rate: expected 1 or \[1,1\], found "\[2,2\]"/],
    ['groups', setting(CONV, 'groups', 2), /groups: expected 1, found 2/],
    ['no bias', setting(CONV, 'use_bias', false), /use_bias: expected true, found false/],
    ['an oblong', setting(CONV, 'kernel_size', [3, 5]), /kernel_size: .*Only squares/],
    ['a regularizer', setting(DENSE, 'kernel_regularizer', { class_name: 'L2' }), /kernel_regularizer: expected null/],
    ['a layer that is frozen', setting(DENSE, 'trainable', false), /trainable: expected true/],
    [
      'an activation',
      setting(ACTIVATION, 'activation', 'softmax'),
      /layers\.7 \(Activation\): activation: expected one of linear/,
    ],
    ['a misspelt one', setting(ACTIVATION, 'activation', 'rleu'), /Did you mean relu\?/],
    ['a number', setting(DENSE, 'units', 0.5), /layers\.5 \(Dense\): units: expected a whole number/],
    ['units without end', setting(DENSE, 'units', 2 ** 52), /layers\.5|16777216/],
    ['windows that overlap', setting(POOL, 'strides', [1, 1]), /layers\.2 \(MaxPooling2D\): strides: expected 2/],
    [
      'any size',
      setting(0, 'batch_shape', [null, null, null, 1]),
      /layers\.0 \(InputLayer\): expected an input of a fixed shape/,
    ],
    ['flat values that are no square', setting(0, 'batch_shape', [null, 15]), /square image/],
    ['images without end', setting(0, 'batch_shape', [null, 1e6, 1e6, 1e3]), /at most 16777216/],
    ['two activations', changed((layers) => void layers.splice(4, 0, layers[3]!)), /\(ReLU\): .*found relu there/],
    ['an activation alone', changed((layers) => void layers.splice(1, 0, layers[3]!)), /none of them before it/],
    ['values in an order of Keras', reordered, /layers\.5 \(Reshape\): expected a reshape after a Dense.*by channel/],
    [
      'layers without end',
      changed((layers) => void layers.push(...Array(500).fill(layers[CONV]))),
      /at most 256 layers/,
    ],
    ['no layers', changed((layers) => void layers.splice(0)), /a list of layers, found a list of 0/],
    ['a graph model', { format: 'graph-model', modelTopology: {} }, /expected a model of layers.*a graph model/],
    ['an optimizer', { class_name: 'Adam', config: {} }, /the model \(Adam\): expected a model of layers/],
    ['another shape at its end', changed((layers) => void layers.splice(-1)), /input's shape, 8×8×1/],
  ])('%s', (_, topology, sentence) => {
    const read = () => checkArchitecture(readKerasArchitecture(topology, 'net.json').architecture, 'net.json');
    expect(read).toThrow(ArchitectureError);
    expect(read).toThrow(sentence);
  });

  test('a layer that feeds itself, and models nested without end', () => {
    const functional = structuredClone(models.functional!.topology) as {
      config: { layers: Record<string, unknown>[] };
    };
    const [, second] = functional.config.layers;
    second!.inbound_nodes = [[[second!.name, 0, 0, {}]]];
    expect(() => readKerasArchitecture(functional, undefined)).toThrow(ArchitectureError);
    let nested: unknown = { class_name: 'Flatten', config: {} };
    for (let depth = 0; depth < 20; depth++) nested = { class_name: 'Sequential', config: { layers: [nested] } };
    expect(() => readKerasArchitecture(nested, undefined)).toThrow(/at most 8 models in one another/);
  });
});

test('any value anywhere is read, or refused in order', () => {
  const paths: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      paths.push([...path, key]);
      walk(inner, [...path, key]);
    }
  };
  const bases = ['sequential', 'functional', 'pair'].map((name) => models[name]!.topology);
  walk(bases, []);
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(0, -1, 2 ** 53, 1e308, null, [], {}, '', '__proto__', [[]]),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, (path, value) => {
      const copy = structuredClone(bases) as unknown;
      const target = path.slice(0, -1).reduce((inner, key) => Reflect.get(Object(inner), key), copy);
      Reflect.set(Object(target), path.at(-1)!, value);
      for (const topology of copy as unknown[])
        try {
          checkArchitecture(readKerasArchitecture(topology, 'net.json').architecture, 'net.json');
        } catch (error) {
          if (!(error instanceof ArchitectureError)) throw error;
        }
    }),
    { numRuns: cases(2000, 100) },
  );
});
