import { expect, test } from 'vitest';
import type { Architecture } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import type { Layer } from '../../src/model/layers/layers.js';
import { preset } from '../../src/model/presets/presets.js';

const transpose = preset('transpose', [28, 28, 1]);
const narrowing: Layer = { type: 'conv2d', filters: 2, kernelSize: 3 };
const narrow = { encoder: [narrowing], decoder: [{ ...narrowing, filters: 1 }] };
const fixed: Pick<Architecture, 'encoder' | 'decoder'> = {
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 4 }],
  decoder: [
    { type: 'dense', units: 64 },
    { type: 'reshape', targetShape: [8, 8, 1] },
  ],
};
const rounding: Pick<Architecture, 'encoder' | 'decoder'> = {
  encoder: [{ type: 'conv2d', filters: 2, kernelSize: 3, strides: 2, padding: 'same' }],
  decoder: [{ type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2 }],
};

test('names the layer that loses the border, borders that make it fit, and the nearest size', () => {
  expect(refusalOf({ ...transpose, input: [30, 28, 1] })).toMatch(
    "decoder.1 (conv2dTranspose): expected the network's output to have its input's shape, 30×28×1, found 28×28×1. " +
      'encoder.3 (maxPooling2d) drops the border of 15×14×4, which does not divide by its poolSize. ' +
      'Put a zeroPadding2d with padding [[1, 1], [0, 0]] at the beginning of the encoder and a cropping2d with cropping ' +
      '[[1, 1], [0, 0]] at the end of the decoder, or take images of 28×28 (--resize 28x28) with input [28, 28, 1].',
  );
});

test('what comes out larger is only to be cropped', () => {
  expect(refusalOf({ name: 'own', input: [9, 12, 1], ...rounding })).toMatch(
    ' found 10×12×1. Put a cropping2d with cropping [[0, 1], [0, 0]] at the end of the decoder, or take images of 8×12 (--resize 8x12)',
  );
});

test('what comes out smaller at every size is only to be padded', () => {
  const refusal = refusalOf({ name: 'own', input: [10, 10, 1], ...narrow });
  expect(refusal).toMatch(
    ' Put a zeroPadding2d with padding [[2, 2], [2, 2]] at the beginning of the encoder. Encoder:',
  );
  expect(refusal).not.toMatch('--resize');
});

test('a network of one size names that one', () => {
  expect(refusalOf({ name: 'own', input: [9, 9, 1], ...fixed })).toMatch(
    ' found 8×8×1. Take images of 8×8 (--resize 8x8) with input [8, 8, 1]. Encoder:',
  );
});

test('what it advises is accepted', () => {
  const padding: Layer = {
    type: 'zeroPadding2d',
    padding: [
      [1, 1],
      [0, 0],
    ],
  };
  const cropping: Layer = {
    type: 'cropping2d',
    cropping: [
      [1, 1],
      [0, 0],
    ],
  };
  checkArchitecture({
    ...transpose,
    input: [30, 28, 1],
    encoder: [padding, ...transpose.encoder],
    decoder: [...transpose.decoder, cropping],
  });
});

function refusalOf(architecture: Architecture): string {
  try {
    checkArchitecture(architecture);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
