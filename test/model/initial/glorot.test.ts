import { expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { glorot } from '../../../src/model/initial/glorot.js';
import { preset } from '../../../src/model/presets/presets.js';

const denoise = checkArchitecture(preset('denoise', [28, 28, 1]));

const wide: Architecture = {
  name: 'wide',
  input: [10, 10, 1],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 200 }],
  decoder: [
    { type: 'dense', units: 100 },
    { type: 'reshape', targetShape: [10, 10, 1] },
  ],
};

test("stays within Glorot's bound of √(6 / (fan in + fan out))", () => {
  const tensors = glorot(denoise, 1);
  const bounds = { 'encoder.0.weight': 6 / (9 + 32 * 9), 'decoder.0.weight': 6 / (8 * 9 + 8 * 9) };
  for (const [name, square] of Object.entries(bounds)) {
    const largest = Math.max(...tensors.get(name)!.data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(square)));
    expect(largest).toBeGreaterThan(0.9 * Math.sqrt(square));
  }
});

test('begins a relu with a bias of 0.1, every other layer with none', () => {
  const tensors = glorot(denoise, 1);
  expect(tensors.get('encoder.2.bias')!.data).toEqual(new Float32Array(16).fill(0.1));
  expect(tensors.get('decoder.3.bias')!.data).toEqual(new Float32Array(1));
});

test('is uniform: no gap to the straight distribution that 20,000 fair draws would not have', () => {
  const { data } = glorot(checkArchitecture(wide), 1).get('encoder.1.weight')!;
  const bound = Math.sqrt(6 / (100 + 200));
  const sorted = data.toSorted();
  const gaps = Array.from(sorted, (value, rank) => Math.abs((value / bound + 1) / 2 - rank / sorted.length));
  // Kolmogorov and Smirnov: fair draws stay below 1.63 / √n in 99 of 100 cases.
  expect(Math.max(...gaps)).toBeLessThan(1.63 / Math.sqrt(sorted.length));
});
