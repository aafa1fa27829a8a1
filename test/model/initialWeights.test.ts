import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { INITIALS, type InitialName, initialWeights } from '../../src/model/initialWeights.js';
import { preset } from '../../src/model/presets/presets.js';

const denoise = checkArchitecture(preset('denoise', [28, 28, 1]));

const weightsOnly = (seed: number, initial: InitialName) =>
  [...initialWeights(denoise, seed, initial)].filter(([name]) => name.endsWith('weight'));

const wide: Architecture = {
  name: 'wide',
  input: [10, 10, 1],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 200 }],
  decoder: [
    { type: 'dense', units: 100 },
    { type: 'reshape', targetShape: [10, 10, 1] },
  ],
};

describe.each(INITIALS)('%s', (initial) => {
  test('gives every weight and bias its shape, in the order of the layers', () => {
    const specs = [...denoise.encoder, ...denoise.decoder].flatMap(({ weights }) => weights);
    const tensors = [...initialWeights(denoise, 1, initial)];
    expect(tensors.map(([name, { shape }]) => ({ name, shape }))).toEqual(
      specs.map(({ name, shape }) => ({ name, shape })),
    );
  });

  test('is the same for the same seed and another for another', () => {
    expect(initialWeights(denoise, 5, initial)).toEqual(initialWeights(denoise, 5, initial));
    const first = initialWeights(denoise, 5, initial);
    for (const [name, { data }] of weightsOnly(6, initial)) expect(data).not.toEqual(first.get(name)?.data);
  });

  test('gives a tensor its values whatever the rest of the network is', () => {
    const wider = checkArchitecture({ ...wide, decoder: [{ type: 'dense', units: 300 }, ...wide.decoder] });
    const name = 'encoder.1.weight';
    expect(initialWeights(wider, 3, initial).get(name)).toEqual(
      initialWeights(checkArchitecture(wide), 3, initial).get(name),
    );
  });

  test('gives no two weights the same values', () => {
    const first = weightsOnly(1, initial).map(([, { data }]) => Math.sign(data[0]!) * Math.hypot(...data.slice(0, 3)));
    expect(new Set(first).size).toBe(first.length);
  });
});

test('a kind that does not exist is refused with those that do', () => {
  expect(() => initialWeights(denoise, 1, 'glorott' as InitialName)).toThrow(
    'initial: expected one of he, glorot, found "glorott". Did you mean glorot?',
  );
});

test.each<[string, Architecture, InitialName]>([
  ['he where a relu holds the latents and a sigmoid ends the network', preset('transpose', [28, 28, 1]), 'he'],
  ['glorot where latents cannot die', wide, 'glorot'],
  ['glorot where connections lead past the latents', preset('unet', [28, 28, 1]), 'glorot'],
])('the default is %s', (_, architecture, initial) => {
  const network = checkArchitecture(architecture);
  expect(initialWeights(network, 2)).toEqual(initialWeights(network, 2, initial));
});
