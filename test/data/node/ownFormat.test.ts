// What a format gets for what it leaves out: the least that one has to say.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DataFormat, FileReport } from '../../../src/data/dataFormat.js';
import { memoryDataset } from '../../../src/data/dataset/memoryDataset.js';
import { FORMATS } from '../../../src/data/node/formats.js';
import { openData, openStream, openTestData, verifyData } from '../../../src/data/node/openData.js';
import { temporaryFolder } from './temporaryFolder.js';

const path = temporaryFolder();
const file = path('pixels');
const MAGIC = 'PIXELS';
let opened = 0;

/** Images of one pixel each, after six letters. */
const pixels: DataFormat = {
  name: 'pixels',
  takes: 'a file of pixels',
  recognises: async (input) => input.kind === 'file' && String(await input.start(6)).startsWith(MAGIC),
  async open(input) {
    if (input.kind === 'folder') throw new Error('not recognised');
    opened += 1;
    const bytes: number[] = [];
    for await (const chunk of input.bytes()) bytes.push(...chunk);
    return { train: memoryDataset({ shape: [1, 1, 1], pixels: Uint8Array.from(bytes.slice(MAGIC.length)) }) };
  },
};

beforeAll(() => {
  writeFileSync(file, `${MAGIC}abc`);
  (FORMATS as DataFormat[]).unshift(pixels);
});
afterAll(() => {
  (FORMATS as DataFormat[]).shift();
});

test('its images are what is trained on and, undivided, what is tested with', async () => {
  const { train, test } = await openData({ data: file, testData: file });
  expect(await train.read(0, 3)).toEqual(Uint8Array.from(Buffer.from('abc')));
  expect(test?.items).toBe(3);
  expect((await openTestData(file)).items).toBe(3);
});

test('its check is that all images can be read', async () => {
  const reports: FileReport[] = [];
  for await (const report of verifyData(file)) reports.push(report);
  expect(reports).toEqual([
    { path: file, valid: true, dtype: 'uint8', shape: [3, 1, 1, 1], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test('it is refused on stdin with a sentence, unopened', async () => {
  const before = opened;
  async function* stdin() {
    yield Buffer.from(MAGIC);
  }
  await expect(openStream(stdin())).rejects.toThrow(
    'stdin: expected images that can be read from their beginning to their end, found pixels. Save them to a file',
  );
  expect(opened).toBe(before);
});
