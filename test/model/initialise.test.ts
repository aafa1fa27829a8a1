import { expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { initialWeights } from '../../src/model/initialise.js';
import { preset } from '../../src/model/presets.js';

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
  for (const [name, { data }] of initialWeights(denoise, 6)) expect(data).not.toEqual(first.get(name)?.data);
});

test('gives a tensor its values whatever the rest of the network is', () => {
  const wider = checkArchitecture({ ...wide, decoder: [{ type: 'dense', units: 300 }, ...wide.decoder] });
  const name = 'encoder.1.weight';
  expect(initialWeights(wider, 3).get(name)).toEqual(initialWeights(checkArchitecture(wide), 3).get(name));
});

test('gives no two tensors the same values', () => {
  const first = [...initialWeights(denoise, 1).values()].map(
    ({ data }) => Math.sign(data[0]!) * Math.hypot(...data.slice(0, 3)),
  );
  expect(new Set(first).size).toBe(first.length);
});

test("stays within PyTorch's bound of 1/√fanIn", () => {
  const tensors = initialWeights(denoise, 1);
  for (const { weights } of [...denoise.encoder, ...denoise.decoder])
    for (const { name, fanIn } of weights) {
      const bound = Math.fround(1 / Math.sqrt(fanIn));
      expect(Math.max(...tensors.get(name)!.data.map(Math.abs))).toBeLessThanOrEqual(bound);
    }
});

test('is uniform: no gap to the straight distribution that 20,000 fair draws would not have', () => {
  const { data } = initialWeights(checkArchitecture(wide), 1).get('encoder.1.weight')!;
  const bound = 1 / Math.sqrt(100);
  const sorted = data.toSorted();
  const gaps = Array.from(sorted, (value, rank) => Math.abs((value / bound + 1) / 2 - rank / sorted.length));
  // Kolmogorov and Smirnov: fair draws stay below 1.63 / √n in 99 of 100 cases.
  expect(Math.max(...gaps)).toBeLessThan(1.63 / Math.sqrt(sorted.length));
});
