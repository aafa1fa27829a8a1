import { expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { initialWeights } from '../../src/model/initialWeights.js';
import { preset } from '../../src/model/presets/presets.js';

const denoise = checkArchitecture(preset('denoise', [28, 28, 1]));

const weightsOnly = (seed: number) => [...initialWeights(denoise, seed)].filter(([name]) => name.endsWith('weight'));

const wide: Architecture = {
  name: 'wide',
  input: [10, 10, 1],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 200 }],
  decoder: [
    { type: 'dense', units: 100 },
    { type: 'reshape', targetShape: [10, 10, 1] },
  ],
};

test('gives every weight and bias its shape, in the order of the layers', () => {
  const specs = [...denoise.encoder, ...denoise.decoder].flatMap(({ weights }) => weights);
  const tensors = [...initialWeights(denoise, 1)];
  expect(tensors.map(([name, { shape }]) => ({ name, shape }))).toEqual(
    specs.map(({ name, shape }) => ({ name, shape })),
  );
});

test('is the same for the same seed and another for another', () => {
  expect(initialWeights(denoise, 5)).toEqual(initialWeights(denoise, 5));
  const first = initialWeights(denoise, 5);
  for (const [name, { data }] of weightsOnly(6)) expect(data).not.toEqual(first.get(name)?.data);
});

test('gives a tensor its values whatever the rest of the network is', () => {
  const wider = checkArchitecture({ ...wide, decoder: [{ type: 'dense', units: 300 }, ...wide.decoder] });
  const name = 'encoder.1.weight';
  expect(initialWeights(wider, 3).get(name)).toEqual(initialWeights(checkArchitecture(wide), 3).get(name));
});

test('gives no two weights the same values', () => {
  const first = weightsOnly(1).map(([, { data }]) => Math.sign(data[0]!) * Math.hypot(...data.slice(0, 3)));
  expect(new Set(first).size).toBe(first.length);
});

test("stays within Glorot's bound of √(6 / (fan in + fan out))", () => {
  const tensors = initialWeights(denoise, 1);
  const bounds = { 'encoder.0.weight': 6 / (9 + 32 * 9), 'decoder.0.weight': 6 / (8 * 9 + 8 * 9) };
  for (const [name, square] of Object.entries(bounds)) {
    const largest = Math.max(...tensors.get(name)!.data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(square)));
    expect(largest).toBeGreaterThan(0.9 * Math.sqrt(square));
  }
});

test('begins a relu with a bias of 0.1, every other layer with none', () => {
  const tensors = initialWeights(denoise, 1);
  expect(tensors.get('encoder.2.bias')!.data).toEqual(new Float32Array(16).fill(0.1));
  expect(tensors.get('decoder.3.bias')!.data).toEqual(new Float32Array(1));
});

test('is uniform: no gap to the straight distribution that 20,000 fair draws would not have', () => {
  const { data } = initialWeights(checkArchitecture(wide), 1).get('encoder.1.weight')!;
  const bound = Math.sqrt(6 / (100 + 200));
  const sorted = data.toSorted();
  const gaps = Array.from(sorted, (value, rank) => Math.abs((value / bound + 1) / 2 - rank / sorted.length));
  // Kolmogorov and Smirnov: fair draws stay below 1.63 / √n in 99 of 100 cases.
  expect(Math.max(...gaps)).toBeLessThan(1.63 / Math.sqrt(sorted.length));
});
