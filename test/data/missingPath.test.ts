import { expect, test } from 'vitest';
import { adviceForMissing } from '../../src/data/missingPath.js';

test.each([
  ['MNIST', 'small letters'],
  ['https://example.org/images.gz', 'download the file first'],
  ['s3://bucket/images', 'download the file first'],
  ['file:///data/images', 'without file://'],
  ['~/mnist', '"$HOME/…"'],
  ['-', 'stdin'],
  ['C:\\images', 'Check the path.'],
  ['data/mnist', 'Check the path.'],
])('has advice for %j', (path, advice) => {
  expect(adviceForMissing(path)).toContain(advice);
});
