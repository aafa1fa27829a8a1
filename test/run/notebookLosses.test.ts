import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MNIST_TRAIN_DIGEST } from '../../src/data/node/mnist/mnistMirrors.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { preset } from '../../src/model/presets/presets.js';
import { notebookLosses } from '../../src/run/notebookLosses.js';

const reference = new URL('../../../shared/reference/notebook-losses.json', import.meta.url);
const comparable = {
  digest: MNIST_TRAIN_DIGEST,
  items: 60_000,
  network: checkArchitecture(preset('transpose', [28, 28, 1])),
  batchSize: 20,
  noise: 0,
  loss: 'mse',
} as const;

test.skipIf(!existsSync(reference))('the losses are those the notebook printed (needs the reference numbers)', () => {
  expect(notebookLosses(comparable)).toEqual(JSON.parse(readFileSync(reference, 'utf8')).losses);
});

test('a comparable run has one for each of 30 epochs', () => {
  expect(notebookLosses(comparable)).toHaveLength(30);
});

test.each([
  ['other images', { digest: 'other' }],
  ['a part of them', { items: 10_000 }],
  ['another network', { network: checkArchitecture(preset('upsample', [28, 28, 1])) }],
  ['other batches', { batchSize: 32 }],
  ['noise', { noise: 0.5 }],
  ['another loss', { loss: 'mae' }],
] as const)('a run with %s has none', (_, difference) => {
  expect(notebookLosses({ ...comparable, ...difference })).toEqual([]);
});
