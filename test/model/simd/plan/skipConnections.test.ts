// What skip connections change of a plan, and what they leave as it is.
import { expect, test } from 'vitest';
import type { Network } from '../../../../src/model/architecture.js';
import { checkArchitecture } from '../../../../src/model/checkArchitecture.js';
import type { Layer } from '../../../../src/model/layers/layers.js';
import { PRESETS, preset } from '../../../../src/model/presets/presets.js';
import { describePlan } from '../../../../src/model/simd/plan/describePlan.js';
import { expectReference } from '../expectReference.js';

const convolution = (filters: number): Layer => ({ type: 'conv2d', filters, kernelSize: 3, padding: 'same' });
const pool: Layer = { type: 'maxPooling2d', poolSize: 2 };
const double: Layer = { type: 'upSampling2d', size: 2 };
const concatenate = (from: string): Layer => ({ type: 'concatenate', from });
const add = (from: string): Layer => ({ type: 'add', from });

function network(encoder: readonly Layer[], decoder: readonly Layer[]): Network {
  return checkArchitecture({ name: 'skips', input: [8, 8, 1], encoder, decoder });
}

function groupsOf(network: Network): readonly string[] {
  return [...new Set(describePlan(network).map(({ layers }) => layers))];
}

test('what a skip connection reads is not swallowed by a fusion', () => {
  const pooled = (from: string) =>
    groupsOf(network([convolution(4), pool], [double, concatenate(from), convolution(1)]));
  expect(pooled('decoder.0')).toContain('encoder.0 + encoder.1');
  expect(pooled('encoder.0')).not.toContain('encoder.0 + encoder.1');
  const resized = (from: string) =>
    groupsOf(network([convolution(4), pool], [double, convolution(4), add(from), convolution(1)]));
  expect(resized('decoder.1')).toContain('decoder.0 + decoder.1');
  expect(resized('decoder.0')).not.toContain('decoder.0 + decoder.1');
});

test('a pooled output that is read again stays fused, and its empty windows are still left out', async () => {
  const pooledTwice = network(
    [convolution(8), pool, convolution(8), pool],
    [double, concatenate('encoder.1'), { type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2 }],
  );
  const kernels = describePlan(pooledTwice).map(({ kernel }) => kernel);
  expect(kernels).toContain('findNonZeroWindows');
  expect(kernels).toContain('changedWindows');
  for (const threads of [1, 2]) await expectReference(pooledTwice, { items: 9, seed: 4, isDark: true, threads });
});

test('a gradient is summed after the layer that comes next has written it, in the order of the layers', () => {
  const read = network(
    [convolution(4), convolution(4), add('encoder.0'), add('encoder.0')],
    [convolution(4), add('encoder.0'), convolution(1)],
  );
  const backward = describePlan(read).filter(({ pass }) => pass === 'backward');
  const sums = backward.flatMap(({ kernel, layers }, at) => (kernel === 'addMap' ? [{ at, layers }] : []));
  expect(sums.map(({ layers }) => layers)).toEqual(['encoder.2', 'encoder.3', 'decoder.1']);
  const written = backward.findLastIndex(({ layers }) => layers === 'encoder.1');
  const used = backward.findIndex(({ layers }) => layers === 'encoder.0');
  expect(sums.map(({ at }) => at)).toEqual([written + 1, written + 2, written + 3]);
  expect(used).toBe(written + 4);
});

test('what comes before all weights is given no gradient', () => {
  const read = network([{ type: 'averagePooling2d', poolSize: 1 }, convolution(1), add('encoder.0')], [convolution(1)]);
  const sums = describePlan(read).filter(({ kernel, pass }) => kernel === 'addMap' && pass === 'backward');
  expect(sums).toEqual([]);
});

test('networks without them have none of their kernels', () => {
  for (const name of PRESETS) {
    const kernels = describePlan(checkArchitecture(preset(name, [28, 28, 1]))).map(({ kernel }) => kernel);
    expect([name, kernels.includes('copyMap') || kernels.includes('addMap')]).toEqual([name, name === 'unet']);
  }
});
