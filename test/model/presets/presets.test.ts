import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture, Network } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Layer } from '../../../src/model/layers/layers.js';
import { chooseLoss } from '../../../src/model/losses/lossOptions.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../src/model/presets/presets.js';
import { planNetwork } from '../../../src/model/simd/plan/planNetwork.js';
import { GOLDEN_PRESETS, golden } from '../../fixtures/golden.js';
import { isWhole, wholeTest } from '../../fixtures/laws.js';
import { randomImages } from '../engineSuite/measure.js';

test.each(GOLDEN_PRESETS)("the preset %s has the weights of PyTorch's network, shape by shape", (name) => {
  const { initial, network } = golden(name);
  const specs = [...network.encoder, ...network.decoder].flatMap(({ weights }) => weights);
  expect(specs.map(({ name, shape }) => [name, shape])).toEqual([...initial].map(([name, { shape }]) => [name, shape]));
});

test.each([
  ['transpose', 1077, 1495],
  ['upsample', 1477, 2055],
  ['denoise', 9585, 10_739],
  ['unet', 10_921, 11_083],
  ['photo', 20_077, 23_151],
  ['deep', 41_849, 58_707],
  ['variational', 35_577, 50_515],
])('%s has %i parameters at 28×28×1, %i at 64×64×3', (name, grey, coloured) => {
  expect(checkArchitecture(preset(name, [28, 28, 1])).parameters).toBe(grey);
  expect(checkArchitecture(preset(name, [64, 64, 3])).parameters).toBe(coloured);
});

test.each([
  ['transposed', 'Did you mean transpose?'],
  ['Denoise', 'Did you mean denoise?'],
  ['resnet', 'Give one of these names.'],
])('refuses the name %s with advice', (name, advice) => {
  expect(() => preset(name, [28, 28, 1])).toThrow(expect.objectContaining({ code: 'ARCHITECTURE_PRESET', advice }));
});

describe.each(PRESETS)('the preset %s', (name) => {
  test('fits images of every size, whatever their channels', () => {
    for (let height = 4; height <= 64; height++)
      for (let width = 4; width <= 64; width += isWhole ? 1 : 13)
        expect(outputOf(checkArchitecture(preset(name, [height, width, 1 + (width % 3)])))).toEqual([
          height,
          width,
          1 + (width % 3),
        ]);
  });

  test('fits any images up to 512×512', () => {
    const side = fc.integer({ min: 1, max: 512 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1, 3, 5), (height, width, channels) => {
        expect(outputOf(checkArchitecture(preset(name, [height, width, channels])))).toEqual([height, width, channels]);
      }),
    );
  });

  // Where a dense layer reads all of an image, its weights follow the size.
  test.skipIf(name === 'deep' || name === 'variational')(
    'has the same weights for images of every size, but for where a padding before them moves their names',
    () => {
      const weightsOf = (height: number, width: number) => {
        const { encoder, decoder } = checkArchitecture(preset(name, [height, width, 1]));
        return [...encoder, ...decoder].flatMap(({ weights }) => weights.map(({ shape }) => shape));
      };
      expect(weightsOf(29, 31)).toEqual(weightsOf(28, 28));
    },
  );
});

test.each([
  ['transpose', 28, 4],
  ['upsample', 48, 8],
  ['photo', 128, 64],
])('%s has no borders on %d×%d', (name, height, width) => {
  expect(borders(name, height, width)).toEqual([]);
});

test('denoise has none where three poolings leave a remainder of 4', () => {
  expect(borders('denoise', 28, 60)).toEqual([]);
});

test('zeros stand around what would be lost, and are cut off again where they were put', () => {
  expect(borders('transpose', 30, 29)).toEqual([
    {
      type: 'zeroPadding2d',
      padding: [
        [1, 1],
        [1, 2],
      ],
    },
    {
      type: 'cropping2d',
      cropping: [
        [1, 1],
        [1, 2],
      ],
    },
  ]);
});

test('a skip connection reads the layer that it read without a padding', () => {
  const reads = ({ decoder }: Architecture) => decoder.flatMap((layer) => ('from' in layer ? [layer.from] : []));
  expect(reads(preset('unet', [28, 28, 1]))).toEqual(['encoder.2', 'encoder.0']);
  expect(reads(preset('unet', [29, 28, 1]))).toEqual(['encoder.3', 'encoder.1']);
});

test('what comes out larger is only cropped', () => {
  expect(borders('denoise', 32, 27)).toEqual([
    {
      type: 'cropping2d',
      cropping: [
        [2, 2],
        [0, 1],
      ],
    },
  ]);
});

describe.each(PRESETS)('%s on images of 512×512×3', (name) => {
  const network = checkArchitecture(preset(name, [512, 512, 3]));

  // A dense layer's weights serve sixteen images at once, of which each thread keeps all maps.
  const gigabytes = name === 'deep' || name === 'variational' ? 3 : 1;

  test(`takes less than ${gigabytes} GiB on four threads`, () => {
    const { memory } = planNetwork(network, { threads: 4, slots: 2, loss: chooseLoss({}) });
    expect(memory.bytes).toBeLessThan(gigabytes * 2 ** 30);
  });

  wholeTest('trains', async () => {
    const engine = await createEngine({ network, engine: 'simd', threads: 1 });
    expect(engine.trainStep({ pixels: randomImages(network, 1), length: 1 })).toBeGreaterThan(0);
    engine.dispose();
  });
});

function outputOf({ decoder }: Network): readonly number[] | undefined {
  return decoder.at(-1)?.outputShape;
}

function borders(name: string, height: number, width: number): readonly Layer[] {
  const { encoder, decoder } = preset(name, [height, width, 1]);
  return [...encoder, ...decoder].filter(({ type }) => type === 'zeroPadding2d' || type === 'cropping2d');
}
