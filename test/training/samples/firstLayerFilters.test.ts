import { afterEach, describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Engine, NamedTensors } from '../../../src/model/engine.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { firstLayerFilters } from '../../../src/training/samples/firstLayerFilters.js';

const engines: Engine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

async function create(input: Architecture['input'], ...layers: readonly Layer[]): Promise<Engine> {
  const [first, ...rest] = layers as readonly [Layer, ...Layer[]];
  const size = input.reduce((product, side) => product * side);
  const end: readonly Layer[] = [
    { type: 'flatten' },
    { type: 'dense', units: 1 },
    { type: 'dense', units: size },
    { type: 'reshape', targetShape: input },
  ];
  const network = checkArchitecture({ name: 'test', input, encoder: [first], decoder: [...rest, ...end] });
  const engine = await createEngine({ network, engine: 'simd', threads: 1 });
  engines.push(engine);
  return engine;
}

/** Each value of the named tensor is its index, as PyTorch orders it. */
function count(engine: Engine, name: string): void {
  const weights = new Map(engine.weights()) as Map<
    string,
    NamedTensors extends ReadonlyMap<string, infer T> ? T : never
  >;
  const { shape, data } = weights.get(name)!;
  weights.set(name, { shape, data: Float32Array.from(data, (_, index) => index) });
  engine.setWeights(weights);
}

const convolution = (filters: number, kernelSize: number): Layer => ({
  type: 'conv2d',
  filters,
  kernelSize,
  padding: 'same',
});
const values = (event: ReturnType<typeof firstLayerFilters>): readonly number[] => [
  ...Buffer.from(event?.filters.values ?? '', 'base64'),
];

describe('the filters of an engine', () => {
  test('are those of its first layer with weights, one after the other in h, w, c order', async () => {
    const engine = await create([4, 4, 3], { type: 'averagePooling2d', poolSize: 1 }, convolution(2, 2));
    count(engine, 'decoder.0.weight');
    const filters = firstLayerFilters(engine);
    expect(filters).toMatchObject({ type: 'weights', layer: 'decoder.0', shape: [2, 2, 2, 3] });
    expect(filters?.filters).toMatchObject({ low: 0, high: 23 });
    // PyTorch's [out, in, kh, kw]: a channel's four values lie side by side.
    const order = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11];
    expect(values(filters)).toEqual(
      [...order, ...order.map((index) => index + 12)].map((index) => Math.round((index * 255) / 23)),
    );
  });

  test('are found in a transposed convolution too', async () => {
    const engine = await create([2, 2, 3], { type: 'conv2dTranspose', filters: 2, kernelSize: 1 });
    count(engine, 'encoder.0.weight');
    const filters = firstLayerFilters(engine);
    expect(filters).toMatchObject({ layer: 'encoder.0', shape: [2, 1, 1, 3] });
    // [in, out, kh, kw].
    expect(values(filters)).toEqual([0, 2, 4, 1, 3, 5].map((index) => index * 51));
  });

  test('have 0 in the middle of their bytes where they have both signs', async () => {
    const { filters } = firstLayerFilters(await create([4, 4, 1], convolution(16, 3)))!;
    expect(filters.low).toBe(-filters.high);
    expect(filters.high).toBeGreaterThan(0);
  });

  test.each([
    ['64 of them', [4, 4, 1], convolution(100, 1), 64],
    ['4,096 values', [8, 8, 16], convolution(40, 5), 10],
  ] as const)('are the first ones, up to %s', async (_, input, layer, filters) => {
    expect(firstLayerFilters(await create(input, layer))?.shape[0]).toBe(filters);
  });

  test('are left out where a single one has more values than that', async () => {
    expect(firstLayerFilters(await create([4, 4, 1024], convolution(1, 3)))).toBeUndefined();
  });

  test('are none where the first layer with weights is dense', async () => {
    const engine = await create(
      [2, 2, 1],
      { type: 'flatten' },
      { type: 'dense', units: 4 },
      { type: 'reshape', targetShape: [2, 2, 1] },
      convolution(2, 1),
    );
    expect(firstLayerFilters(engine)).toBeUndefined();
  });
});
