import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors } from '../../../src/model/engine.js';
import { orthogonal } from '../../../src/model/initial/orthogonal.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../src/model/presets.js';

const presetOf = (name: string) => checkArchitecture(preset(name, [28, 28, 1]));

/** Rows of `[outputs, inputs × taps]`. */
function filters(tensors: NamedTensors, name: string): number[][] {
  const { shape, data } = tensors.get(name)!;
  const length = data.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, row) => [...data.subarray(row * length, (row + 1) * length)]);
}

const product = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

test('filters are orthogonal, and of the variance 2 / fan in before a relu', () => {
  const rows = filters(orthogonal(presetOf('denoise'), 3), 'encoder.2.weight');
  for (const [index, row] of rows.entries()) {
    expect(product(row, row)).toBeCloseTo(2, 5);
    for (const other of rows.slice(0, index)) expect(Math.abs(product(row, other))).toBeLessThan(1e-6);
  }
});

test('of more filters than a filter has weights, each group is orthogonal', () => {
  const rows = filters(orthogonal(presetOf('transpose'), 3), 'encoder.0.weight');
  expect(rows).toHaveLength(16);
  for (const group of [rows.slice(0, 9), rows.slice(9)])
    for (const [index, row] of group.entries())
      for (const other of group.slice(0, index)) expect(Math.abs(product(row, other))).toBeLessThan(1e-6);
});

test('a transposed convolution is scaled by what a value is the sum over: 2×2 windows that do not overlap are one', () => {
  const { data } = orthogonal(presetOf('transpose'), 1).get('decoder.1.weight')!;
  expect(product([...data], [...data]) / data.length).toBeCloseTo(1 / 16, 5);
});

test('biases are 0.1 before a relu, 1 before the latents, 0 before the sigmoid', () => {
  const tensors = orthogonal(presetOf('denoise'), 1);
  expect(tensors.get('encoder.2.bias')!.data).toEqual(new Float32Array(16).fill(0.1));
  expect(tensors.get('encoder.4.bias')!.data).toEqual(new Float32Array(8).fill(1));
  expect(tensors.get('decoder.3.bias')!.data).toEqual(new Float32Array(1));
});

const flat: Architecture = {
  name: 'flat',
  input: [4, 4, 2],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 6, activation: 'relu' }],
  decoder: [
    { type: 'dense', units: 48, activation: 'relu' },
    { type: 'reshape', targetShape: [4, 4, 3] },
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
};
const ending = (activation: 'sigmoid' | 'linear' | 'relu') =>
  checkArchitecture({ ...flat, decoder: [...flat.decoder.slice(0, 2), { ...flat.decoder[2], activation } as never] });

describe('a decoder that ends in a sigmoid', () => {
  test.each([...PRESETS.map(presetOf), checkArchitecture(flat)])(
    '$architecture.name: more of any latent is darker',
    async (network) => {
      const [height = 1, width = 1, channels = 1] =
        network.latentShape.length === 3 ? network.latentShape : [1, 1, ...network.latentShape];
      const brightness: number[] = [];
      for (const seed of [1, 2, 3, 4, 5]) {
        const engine = await createEngine({ network, seed, threads: 1 });
        const mean = (add: (channel: number) => number) => {
          const latents = Float32Array.from({ length: height * width * channels }, (_, at) => 1 + add(at % channels));
          const output = engine.decode(latents);
          return output.reduce((sum, value) => sum + value, 0) / output.length;
        };
        const before = mean(() => 0);
        for (let channel = 0; channel < channels; channel++)
          brightness.push(mean((other) => (other === channel ? 0.5 : 0)) - before);
        engine.dispose();
      }
      // Relus leave some paths out, so that a few of the signs are others.
      expect(brightness.filter((change) => change < 0).length).toBeGreaterThan(0.8 * brightness.length);
    },
  );
});

test.each(['linear', 'relu'] as const)(
  'one that ends in %s, which begins with black, is left as it is',
  (activation) => {
    const tensors = orthogonal(ending(activation), 1);
    expect(tensors.get('encoder.1.bias')!.data).toEqual(new Float32Array(6).fill(0.1));
    const weights = (network: ReturnType<typeof ending>) => orthogonal(network, 1).get('decoder.0.weight')!.data;
    expect(weights(ending(activation))).not.toEqual(weights(ending('sigmoid')));
    expect(weights(ending(activation)).map(Math.abs)).toEqual(weights(ending('sigmoid')).map(Math.abs));
  },
);
