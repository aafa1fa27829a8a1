import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../../../src/data/idx/encoder.js';
import { openRawIdxFile } from '../../../../src/data/idx/node/rawIdxFile.js';
import { heldBytes } from '../../../fixtures/heldBytes.js';
import { wholeTest } from '../../../fixtures/laws.js';

const folder = mkdtempSync(join(tmpdir(), 'millrace-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
const values = Uint8Array.from({ length: 40 }, (_, index) => index);
writeFileSync(path('raw'), encodeIdx([10, 2, 2], values));

test('gives items by their place in a raw file', async () => {
  const file = await openRawIdxFile(path('raw'));
  expect(file.header).toMatchObject({ shape: [10, 2, 2], itemBytes: 4 });
  expect(await file.read(0, 10)).toEqual(values);
  expect([...(await file.read(3, 5))]).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
  expect(await file.sha256()).toBe(createHash('sha256').update(values).digest('hex'));
  await file.close();
  await file.close();
});

wholeTest('reads near the end of a file of more than 4 GiB, in memory for one item', async () => {
  const items = 4200;
  const itemBytes = 1024 * 1024;
  const descriptor = openSync(path('sparse'), 'w');
  writeSync(descriptor, encodeIdxHeader('uint8', [items, 1024, 1024]));
  writeSync(descriptor, Uint8Array.of(7), 0, 1, 16 + items * itemBytes - 1);
  closeSync(descriptor);
  const before = heldBytes();
  const file = await openRawIdxFile(path('sparse'));
  const last = await file.read(items - 1, items);
  expect([last[0], last.at(-1), last.length]).toEqual([0, 7, itemBytes]);
  expect(heldBytes() - before).toBeLessThan(8 * itemBytes);
  await file.close();
  rmSync(path('sparse'));
});

test('compares the size of a raw file with its header before anything is read', async () => {
  writeFileSync(path('short'), encodeIdx([10, 2, 2], values).subarray(0, 30));
  await expect(openRawIdxFile(path('short'))).rejects.toMatchObject({
    code: 'IDX_TRUNCATED',
    offset: 28,
    actual: '3 whole items and 2 bytes',
  });
  writeFileSync(path('long'), Buffer.concat([encodeIdx([10, 2, 2], values), new Uint8Array(3)]));
  await expect(openRawIdxFile(path('long'))).rejects.toMatchObject({
    code: 'IDX_TRAILING',
    offset: 56,
    actual: '3 more bytes',
  });
  writeFileSync(path('two'), Buffer.concat([encodeIdx([10, 2, 2], values), encodeIdx([10], new Uint8Array(10))]));
  await expect(openRawIdxFile(path('two'))).rejects.toMatchObject({
    code: 'IDX_TRAILING',
    actual: 'another IDX file',
    advice: 'Two files were put together: give one of them alone.',
  });
});

test('says so when a file shrinks while it is open', async () => {
  writeFileSync(path('shrinking'), encodeIdx([10, 2, 2], values));
  const file = await openRawIdxFile(path('shrinking'));
  truncateSync(path('shrinking'), 30);
  await expect(file.read(0, 10)).rejects.toMatchObject({ code: 'IDX_TRUNCATED', actual: '3 whole items and 2 bytes' });
  await file.close();
});

test('reads no more after an abort', async () => {
  const controller = new AbortController();
  const file = await openRawIdxFile(path('raw'), controller.signal);
  controller.abort();
  await expect(file.read(0, 1)).rejects.toMatchObject({ name: 'AbortError' });
  await file.close();
});
