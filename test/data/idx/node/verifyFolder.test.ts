import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FileReport } from '../../../../src/data/dataFormat.js';
import { verifyFolder } from '../../../../src/data/idx/node/verifyFolder.js';
import { openFolderInput } from '../../../../src/data/node/files/openInput.js';
import { writeImages, writeLabels } from '../../dataset/numbered.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();

async function codes(folder: string): Promise<(string | undefined)[]> {
  const reports: FileReport[] = [];
  for await (const report of verifyFolder(await openFolderInput(folder), {})) reports.push(report);
  return reports.map((report) => (report.valid ? undefined : report.code));
}

test('reports on the four standard files in turn, those that are missing too', async () => {
  writeLabels(path('labels', 't10k-labels-idx1-ubyte'), 5);
  expect(await codes(path('labels'))).toEqual(['DATA_NOT_FOUND', 'DATA_NOT_FOUND', 'DATA_NOT_FOUND', undefined]);
});

test('labels are not blamed for images that are damaged, nor a damaged file for its count', async () => {
  writeLabels(path('damaged', 'train-labels-idx1-ubyte'), 5);
  writeImages(path('damaged', 't10k-images-idx3-ubyte'), 5);
  writeFileSync(path('damaged', 'train-images-idx3-ubyte'), '<html>');
  writeFileSync(path('damaged', 't10k-labels-idx1-ubyte'), '');
  expect(await codes(path('damaged'))).toEqual(['DATA_FORMAT', undefined, undefined, 'DATA_EMPTY']);
});
