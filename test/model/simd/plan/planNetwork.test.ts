// Networks that are small as files and large as plans.
import { expect, test } from 'vitest';
import type { Architecture, Layer } from '../../../../src/model/architecture.js';
import { checkArchitecture } from '../../../../src/model/checkArchitecture.js';
import { planNetwork } from '../../../../src/model/simd/plan/planNetwork.js';

function plan(input: Architecture['input'], encoder: Layer[], decoder: Layer[]) {
  return planNetwork(checkArchitecture({ name: 'large', input, encoder, decoder }), 1);
}

const back: Layer = { type: 'conv2d', filters: 1, kernelSize: 1 };

test('the pixels of a large image are listed once for all programs', () => {
  const { memory } = plan([2048, 2048, 1], [{ type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' }], [back]);
  expect(memory.bytes).toBeLessThan(850_000_000);
});

test.each<[string, Parameters<typeof plan>]>([
  [
    'an upsampling before large kernels',
    [
      [128, 128, 8],
      [{ type: 'maxPooling2d', poolSize: 64 }],
      [
        { type: 'upSampling2d', size: 64 },
        { type: 'conv2d', filters: 8, kernelSize: 63, padding: 'same' },
      ],
    ],
  ],
  [
    'layer upon layer of large kernels',
    [[28, 28, 1], Array(60).fill({ type: 'conv2d', filters: 16, kernelSize: 55, padding: 'same' }), [back]],
  ],
])('%s is refused before it takes all memory', (_, network) => {
  expect(() => plan(...network)).toThrow(
    expect.objectContaining({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/more than 8388608 weights/),
    }),
  );
});
