import { describe, expect, test } from 'vitest';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { PRESETS, preset } from '../../src/model/presets.js';
import { GOLDEN_PRESETS, golden } from '../fixtures/golden.js';

describe.each(GOLDEN_PRESETS)('the preset %s', (name) => {
  test("has the weights of PyTorch's network, shape by shape", () => {
    const { initial, network } = golden(name);
    const specs = [...network.encoder, ...network.decoder].flatMap(({ weights }) => weights);
    expect(specs.map(({ name, shape }) => [name, shape])).toEqual(
      [...initial].map(([name, { shape }]) => [name, shape]),
    );
  });
});

test.each(PRESETS)('%s follows the number of channels', (name) => {
  const { decoder } = checkArchitecture(preset(name, [28, 28, 3]));
  expect(decoder.at(-1)?.outputShape).toEqual([28, 28, 3]);
});

describe.each(['deep', 'variational'])('the preset %s', (name) => {
  test.each([
    [4, 4, 1],
    [8, 8, 3],
    [9, 7, 1],
    [27, 30, 3],
    [33, 200, 1],
    [511, 512, 3],
  ] as const)('takes images of %i×%i×%i', (...input) => {
    const { latentShape, parameters } = checkArchitecture(preset(name, input));
    expect(latentShape).toEqual([name === 'deep' ? 32 : 16]);
    expect(parameters).toBeLessThan(100_000);
  });
});

test.each([
  ['transpose', 1077],
  ['upsample', 1477],
  ['denoise', 9585],
  ['unet', 10921],
  ['deep', 41_849],
  ['variational', 35_577],
])('%s has %i parameters at 28×28×1', (name, parameters) => {
  expect(checkArchitecture(preset(name, [28, 28, 1])).parameters).toBe(parameters);
});

test.each([
  ['transposed', 'Did you mean transpose?'],
  ['Denoise', 'Did you mean denoise?'],
  ['resnet', 'Give one of these names.'],
])('refuses the name %s with advice', (name, advice) => {
  expect(() => preset(name, [28, 28, 1])).toThrow(expect.objectContaining({ code: 'ARCHITECTURE_PRESET', advice }));
});

test('says which pooling loses what an image does not divide by', () => {
  expect(() => checkArchitecture(preset('transpose', [30, 30, 1]))).toThrow(
    /^decoder\.1 .* 30×30×1, found 28×28×1\. encoder\.3 \(maxPooling2d\) drops the border of 15×15×4/,
  );
});

test('shows the shapes of a preset that does not come out equal', () => {
  expect(() => checkArchitecture(preset('denoise', [32, 32, 1]))).toThrow(
    /^decoder\.3 .* 32×32×1, found 36×36×1\. .* Decoder: 4×4×8 → 9×9×8 → 18×18×16 → 36×36×32 → 36×36×1\.$/,
  );
});
