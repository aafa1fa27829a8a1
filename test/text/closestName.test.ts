import { expect, test } from 'vitest';
import { closestName } from '../../src/text/closestName.js';

const names = ['filters', 'kernelSize', 'strides', 'maxPooling2d', 'conv2d', 'conv2dTranspose'];

test.each([
  ['kernel_size', 'kernelSize'],
  ['KernelSize', 'kernelSize'],
  ['filter', 'filters'],
  ['stirdes', 'strides'],
  ['maxpool', 'maxPooling2d'],
  ['Conv2D', 'conv2d'],
  ['conv2d_transpose', 'conv2dTranspose'],
])('%s is meant to be %s', (word, name) => {
  expect(closestName(word, names)).toBe(name);
});

test('of several beginnings the shortest name is meant', () => {
  expect(closestName('epoch', ['epochItems', 'epochs', 'epic'])).toBe('epochs');
});

test.each(['batchNormalization', '', '!', 'x'.repeat(1_000_000)])('nothing is near other words', (word) => {
  expect(closestName(word, names)).toBeUndefined();
});
