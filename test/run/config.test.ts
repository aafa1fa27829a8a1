import { expect, test } from 'vitest';
import { OptionError } from '../../src/errors.js';
import { type RunInput, resolveConfig } from '../../src/run/config.js';

test('defaults are the notebook’s', () => {
  expect(resolveConfig({})).toEqual({
    data: 'mnist',
    architecture: 'transpose',
    noise: 0,
    relaxed: false,
    epochs: 30,
    batchSize: 20,
    learningRate: 0.001,
    seed: 1,
    shuffle: false,
    lossEvery: 1,
    keep: 3,
    minChange: 0,
    warmUp: 0,
    onNan: 'stop',
    offline: false,
  });
});

test('the preset denoise has noise, unless another amount is given', () => {
  expect(resolveConfig({ architecture: 'denoise' }).noise).toBe(0.5);
  expect(resolveConfig({ architecture: 'denoise', noise: 0 }).noise).toBe(0);
});

test('a stream has one epoch', () => {
  expect(resolveConfig({ data: '-' }).epochs).toBe(1);
  expect(() => resolveConfig({ data: '-', epochs: 2 })).toThrow(/epochs: expected 1/);
});

test.each<[RunInput, string]>([
  [{ engine: 'simd', backend: 'wasm' }, 'backend: expected nothing with the engine simd, found "wasm"'],
  [{ engine: 'tfjs', threads: 2 }, 'threads: expected nothing with the engine tfjs, found 2'],
  [{ backend: 'cpu', relaxed: true }, 'relaxed: expected nothing with the engine tfjs, found true'],
  [{ output: false, checkpointEvery: 5 }, 'checkpointEvery: expected a run folder, found 5'],
  [{ output: false, onNan: 'rollback' }, 'onNan: expected a run folder, found "rollback"'],
  [{ holdOut: 0.1, testData: 'x' }, 'holdOut: expected nothing with testData, found 0.1'],
  [{ holdOut: 0.1, data: '-' }, 'holdOut: expected a file or a folder, found 0.1'],
  [{ warmUp: 2 }, 'warmUp: expected nothing without patience, found 2'],
  [{ resume: true, output: 'x' }, 'output: expected nothing with resume, found "x"'],
  [{ resume: true, output: false }, 'output: expected nothing with resume, found false'],
  [{ resume: true, weights: 'x' }, 'weights: expected nothing with resume, found "x"'],
  [{ resume: true, data: '-' }, 'data: expected files with resume, found "-"'],
])('%j does not go together', (input, message) => {
  expect(() => resolveConfig(input)).toThrow(message);
});

test.each<[string, unknown]>([
  ['epochs', 0],
  ['epochs', 1.5],
  ['batchSize', 4097],
  ['learningRate', Number.POSITIVE_INFINITY],
  ['learningRate', Number.NaN],
  ['noise', -0.1],
  ['seed', 2 ** 32],
  ['limit', 0],
  ['holdOut', 0],
  ['holdOut', 1],
  ['layout', 'nhwc'],
  ['shape', [28, 28]],
  ['shape', [28, 0, 1]],
  ['shape', '28x28'],
  ['transpose', 1],
  ['lossEvery', 0],
  ['engine', 'gpu'],
  ['threads', 0],
  ['backend', 'webgl'],
  ['architecture', 'unknown'],
  ['data', ''],
  ['checkpointEvery', 0],
  ['keep', 0],
  ['patience', 0],
  ['minChange', -1],
  ['warmUp', -1],
  ['onNan', 'ignore'],
  ['resume', ''],
])('%s may not be %s', (option, value) => {
  const attempt = (): unknown => resolveConfig({ [option]: value } as RunInput);
  expect(attempt).toThrow(OptionError);
  expect(attempt).toThrow(new RegExp(`^${option}: `));
});
