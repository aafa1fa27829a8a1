import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DataOptions, openData, openStream } from '../../../../src/data/node/openData.js';
import { DataError } from '../../../../src/errors.js';
import { temporaryFolder } from '../../node/temporaryFolder.js';

const path = temporaryFolder();

async function read(text: string | Uint8Array, options: DataOptions = {}) {
  writeFileSync(path('x.csv'), text);
  const { train } = await openData({ ...options, data: path('x.csv') });
  return { shape: train.shape, labels: train.labels, pixels: [...(await train.read(0, train.items))] };
}

const TWO = { shape: [2, 2, 1], labels: Uint8Array.of(5, 0), pixels: [0, 255, 3, 4, 9, 8, 7, 6] };

test.each([
  ['with a header', 'label,pixel0,pixel1,pixel2,pixel3\n5,0,255,3,4\n0,9,8,7,6\n'],
  ['without', '5,0,255,3,4\n0,9,8,7,6'],
  ['with places for names', 'label,1x1,1x2,2x1,2x2\n5,0,255,3,4\n0,9,8,7,6\n'],
  ['numbered by pandas', '0,1,2,3,4\n5,0,255,3,4\n0,9,8,7,6\n'],
  ['of Windows', '\uFEFFlabel,a,b,c,d\r\n5,0,255,3,4\r\n\r\n0,9,8,7,6\r\n'],
  ['in quotes, with spaces and as floats', '"label","a","b","c","d"\n"5", 0,255.0,3.00,4\n0,9,8,7,6\n'],
])('reads labels and squares %s', async (_, text) => {
  expect(await read(text)).toEqual(TWO);
  expect(await read(gzipSync(text))).toEqual(TWO);
});

test('reads pixels alone, and other shapes where they are told', async () => {
  expect(await read('pixel0,pixel1,pixel2,pixel3\n1,2,3,4\n')).toEqual({
    shape: [2, 2, 1],
    labels: undefined,
    pixels: [1, 2, 3, 4],
  });
  expect(await read('7,1,2,3,4,5,6\n', { shape: [1, 2, 3] })).toEqual({
    shape: [1, 2, 3],
    labels: Uint8Array.of(7),
    pixels: [1, 2, 3, 4, 5, 6],
  });
});

test.each([
  [
    'label,a,b,c,d\n1,2,3,4,5\n1,2,256,4,5\n',
    'CSV_VALUE',
    /line 3, column 3: expected a whole number from 0 to 255, found "256"/,
  ],
  ['1,2,3,4,5\n1,2,,4,5\n', 'CSV_VALUE', /line 2, column 3: .*found nothing/],
  [
    '1,2,3,4,5\n1,2,0.5,4,5\n',
    'CSV_VALUE',
    /line 2, column 3: .*found "0\.5"\. Correct the line\. Values of 0\.\.1 are multiplied/,
  ],
  ['1,2,3,4,5\n1,2,3\n', 'CSV_COLUMNS', /line 2: expected 5 columns, as in the first line, found 3/],
  ['1,2,3,4,5\n1,2,3,4,5,6\n', 'CSV_COLUMNS', /line 2: expected 5 columns, as in the first line, found 6/],
  ['1,2,3,4\n,,,\n', 'CSV_VALUE', /line 2, column 1/],
  ['1,2,3\n', 'CSV_COLUMNS', /785 columns for 28×28, found 3 columns\. Give the shape of an image with --shape HxWxC/],
  ['label,a,b,c,d\n', 'DATA_EMPTY', /found names of columns alone/],
])('says line and column of what is wrong in %j', async (text, code, message) => {
  await expect(read(text)).rejects.toThrow(message);
  await expect(read(text)).rejects.toMatchObject({ code });
});

test.each(['hello, world\n', '{"a": 1, "b": 2, "c": 3}', 'a\tb\tc\n'])('%j is no such file', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'DATA_FORMAT' });
});

test('text in UTF-16 is called that', async () => {
  await expect(read(Buffer.from('\uFEFFlabel,a,b,c,d\n', 'utf16le'))).rejects.toThrow(
    /found text in UTF-16\. Save it as UTF-8/,
  );
});

test('streams images, in pieces of any size', async () => {
  async function* stdin() {
    for (const letter of 'label,a,b,c,d\n5,0,255,3,4\n0,9,8,7,6\n') yield Buffer.from(letter);
  }
  const stream = await openStream(stdin());
  const reader = await stream.batches({ size: 2 }).open(new AbortController().signal);
  expect([...((await reader.next()).value?.pixels ?? [])]).toEqual(TWO.pixels);
  await reader.close();
});

test('memory is bounded', async () => {
  await expect(read('1,2,3,4,5\n'.repeat(3), { memoryLimit: 10 })).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
});

test('whatever the text, a file is read or refused', async () => {
  const cell = fc.oneof(fc.nat(300).map(String), fc.constantFrom('', '"', 'x', '1e9', '-1', ' 7 ', '\0'));
  const line = fc.array(cell, { minLength: 3, maxLength: 6 }).map((cells) => cells.join(','));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
      await read(lines.join('\n')).catch((error: unknown) => expect(error).toBeInstanceOf(DataError));
    }),
  );
});
