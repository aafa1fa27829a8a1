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
    schedule: 'constant',
    learningRateWarmUp: 0,
    loss: 'mse',
    optimizer: 'adam',
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
  expect(resolveConfig({ architecture: 'denoise', data: 'noisy', target: 'clean' }).noise).toBe(0);
});

test('a stream has one epoch', () => {
  expect(resolveConfig({ data: '-' }).epochs).toBe(1);
  expect(() => resolveConfig({ data: '-', epochs: 2 })).toThrow(/epochs: expected 1/);
  expect(resolveConfig({ data: '-', epochItems: 100 }).epochs).toBe(30);
});

test.each<[RunInput, string]>([
  [{ engine: 'simd', backend: 'wasm' }, 'backend: expected nothing with the engine simd, found "wasm"'],
  [{ engine: 'tfjs', threads: 2 }, 'threads: expected nothing with the engine tfjs, found 2'],
  [{ backend: 'cpu', relaxed: true }, 'relaxed: expected nothing with the engine tfjs, found true'],
  [{ output: false, checkpointEvery: 5 }, 'checkpointEvery: expected a run folder, found 5'],
  [{ output: false, onNan: 'rollback' }, 'onNan: expected a run folder, found "rollback"'],
  [{ holdOut: 0.1, testData: 'x' }, 'holdOut: expected nothing with testData, found 0.1'],
  [{ holdOut: 0.1, data: '-' }, 'holdOut: expected a file or a folder, found 0.1'],
  [
    { momentum: 0.9 },
    'momentum: expected nothing with the optimizer adam, found 0.9. Leave it out, or take the optimizer sgd or rmsprop.',
  ],
  [
    { scheduleFactor: 0.5 },
    'scheduleFactor: expected nothing with the schedule constant, found 0.5. Leave it out, or take the schedule step or plateau.',
  ],
  [{ schedule: 'plateau', scheduleSteps: 9 }, 'scheduleSteps: expected nothing with the schedule plateau, found 9'],
  [
    { weights: 'model.safetensors', initial: 'glorot' },
    'initial: expected nothing with weights, found "glorot". These are what it begins with: leave one of the two out.',
  ],
  [{ huberDelta: 0.1 }, 'huberDelta: expected nothing with the loss mse, found 0.1. Leave it out, or take huber.'],
  [{ optimizer: 'sgd', beta1: 0.9 }, 'beta1: expected nothing with the optimizer sgd, found 0.9'],
  [{ optimizer: 'sgd', nesterov: true }, 'nesterov: expected nothing without momentum, found true'],
  [{ data: 'x', epochItems: 9 }, 'epochItems: expected nothing but with data from stdin, found 9. An epoch of files'],
  [{ shape: [28, 28, 1] }, 'shape: expected nothing with mnist, found "28×28×1"'],
  [
    { data: '-', shape: [3, 28, 28] },
    'shape: expected height × width × channels, found "3×28×28". The channels come last: 28x28x3.',
  ],
  [{ data: '-', shape: [28, 28] as never }, 'shape: expected a shape such as 28x28 or 32x32x3'],
  [{ data: '-', shape: '28' as never }, 'shape: expected a shape such as 28x28 or 32x32x3'],
  [{ data: '-', shape: [28, 0, 1] }, 'shape: expected a whole number, 1 to 65536'],
  [{ data: '-', target: 'x' }, 'target: expected nothing with data from stdin, found "x"'],
  [{ data: '-', testTarget: 'x' }, 'testTarget: expected nothing with data from stdin, found "x"'],
  [{ holdOut: 0.1, testTarget: 'x' }, 'testTarget: expected nothing with holdOut, found "x"'],
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
  ['schedule', 'linear'],
  ['scheduleSteps', 0],
  ['scheduleFactor', 1],
  ['scheduleEpochs', 1.5],
  ['learningRateWarmUp', -1],
  ['initial', 'xavier'],
  ['loss', 'mean'],
  ['huberDelta', 0],
  ['optimizer', 'adamax'],
  ['beta1', 1],
  ['beta2', -0.1],
  ['epsilon', 0],
  ['momentum', 1],
  ['nesterov', 'yes'],
  ['smoothing', 2],
  ['weightDecay', -1],
  ['clipNorm', 0],
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
