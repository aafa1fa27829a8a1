// Networks that are small as files and large as plans.
import { expect, test } from 'vitest';
import type { Architecture } from '../../../../src/model/architecture.js';
import { checkArchitecture } from '../../../../src/model/checkArchitecture.js';
import type { Layer } from '../../../../src/model/layers/layers.js';
import { chooseLoss } from '../../../../src/model/losses/lossOptions.js';
import { planNetwork } from '../../../../src/model/simd/plan/planNetwork.js';
import { isWhole } from '../../../fixtures/laws.js';

function plan(input: Architecture['input'], encoder: Layer[], decoder: Layer[]) {
  return planNetwork(checkArchitecture({ name: 'large', input, encoder, decoder }), {
    threads: 1,
    slots: 2,
    loss: chooseLoss({}),
  });
}

const back: Layer = { type: 'conv2d', filters: 1, kernelSize: 1 };
const shrunk: Layer = { type: 'maxPooling2d', poolSize: 64 };
const grown = (filters: number): Layer[] => [
  { type: 'upSampling2d', size: 64 },
  { type: 'conv2d', filters, kernelSize: 63, padding: 'same' },
];

test('the pixels of a large image are listed once for all programs', () => {
  const { memory } = plan([2048, 2048, 1], [{ type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' }], [back]);
  expect(memory.bytes).toBeLessThan(850_000_000);
});

const beyondMemory: [string, Parameters<typeof plan>][] = [
  // Each of them alone would fit.
  [
    'layer upon layer of large kernels',
    [
      [128, 128, 2],
      [shrunk],
      Array(20)
        .fill([...grown(2), shrunk])
        .flat()
        .slice(0, -1),
    ],
  ],
  ['an upsampling before large kernels', [[128, 128, 8], [shrunk], grown(8)]],
];

test.runIf(isWhole).each(beyondMemory)('%s is refused before it takes all memory', (_, network) => {
  expect(() => plan(...network)).toThrow(
    expect.objectContaining({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/more than 8388608 weights/),
    }),
  );
});
