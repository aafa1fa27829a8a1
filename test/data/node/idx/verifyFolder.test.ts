import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { IdxReport } from '../../../../src/data/node/idx/verifyFile.js';
import { checkMember, folderMembers } from '../../../../src/data/node/idx/verifyFolder.js';

const valid = (path: string, shape: readonly number[]): IdxReport => ({
  path,
  valid: true,
  dtype: 'uint8',
  shape,
  sha256: '',
});

const missing: IdxReport = {
  path: 'missing',
  valid: false,
  code: 'IDX_NOT_FOUND',
  offset: 0,
  expected: 'a file',
  actual: 'nothing',
  advice: 'Check the path.',
  message: '',
};

test('an empty folder stands for the four standard files all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-folder-'));
  expect(await folderMembers(folder)).toEqual([
    { path: join(folder, 'train-images-idx3-ubyte'), holds: 'images' },
    { path: join(folder, 'train-labels-idx1-ubyte'), holds: 'labels' },
    { path: join(folder, 't10k-images-idx3-ubyte'), holds: 'images' },
    { path: join(folder, 't10k-labels-idx1-ubyte'), holds: 'labels' },
  ]);
  rmSync(folder, { recursive: true });
});

test('whole files that belong together keep their reports', () => {
  const images = valid('images', [5, 2, 2]);
  const labels = valid('labels', [5]);
  expect(checkMember(images, 'images')).toBe(images);
  expect(checkMember(labels, 'labels', images)).toBe(labels);
});

test('labels are not blamed for images that are damaged, nor a damaged file for its count', () => {
  const labels = valid('labels', [5]);
  expect(checkMember(labels, 'labels', missing)).toBe(labels);
  expect(checkMember(missing, 'labels', valid('images', [5, 2, 2]))).toBe(missing);
});
