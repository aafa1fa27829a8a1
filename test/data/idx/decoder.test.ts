import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdxDecoder } from '../../../src/data/idx/decoder.js';
import { encodeIdx } from '../../../src/data/idx/encoder.js';
import { parseIdxHeader } from '../../../src/data/idx/header.js';
import { IdxError } from '../../../src/errors.js';
import { cuts, doubtfulBytes, idxBytes, split } from './arbitraries.js';

function decode(chunks: readonly Uint8Array[]) {
  const decoder = new IdxDecoder('data');
  const payload = Buffer.concat(chunks.map((chunk) => decoder.push(chunk)));
  return { header: decoder.end(), payload };
}

function outcome(chunks: readonly Uint8Array[]): unknown {
  try {
    return decode(chunks);
  } catch (error) {
    if (!(error instanceof IdxError)) throw error;
    const { code, path, offset, expected, actual, advice, message } = error;
    return { code, path, offset, expected, actual, advice, message };
  }
}

test('any split gives the same header and payload', () => {
  fc.assert(
    fc.property(idxBytes, cuts, (bytes, cuts) => {
      const header = parseIdxHeader(bytes, 'data');
      const payload = Buffer.from(bytes.subarray(header.headerBytes));
      expect(decode(split(bytes, cuts))).toEqual({ header, payload });
    }),
  );
});

test('any split of damaged bytes gives the same error, and never another kind of error', () => {
  fc.assert(
    fc.property(doubtfulBytes, cuts, (bytes, cuts) => {
      expect(outcome(split(bytes, cuts))).toEqual(outcome([bytes]));
    }),
    { numRuns: 500 },
  );
});

test('counts the whole items and the bytes left over of a file cut short', () => {
  const file = encodeIdx([10, 28, 28], new Uint8Array(7840));
  expect(outcome([file.subarray(0, 4736)])).toMatchObject({
    code: 'IDX_TRUNCATED',
    offset: 4720,
    expected: '10 items of 784 bytes',
    actual: '6 whole items and 16 bytes',
    message:
      'data: byte 4720: expected 10 items of 784 bytes, found 6 whole items and 16 bytes. The file is probably a partial download; fetch it again.',
  });
});

test.each([
  ['a byte', Uint8Array.of(0), 'more bytes'],
  ['zeros', new Uint8Array(9), 'more bytes'],
  ['labels', encodeIdx([2], Uint8Array.of(1, 2)), 'another IDX file'],
  ['images', encodeIdx([1, 2, 2], new Uint8Array(4)), 'another IDX file'],
])('refuses %s beyond the promised items, however they are cut', (_, more, actual) => {
  for (const size of [1, 3, 100]) {
    const all = (): void => {
      const decoder = new IdxDecoder('data');
      const bytes = Buffer.concat([encodeIdx([2, 3], new Uint8Array(6)), more]);
      for (let from = 0; from < bytes.length; from += size) decoder.push(bytes.subarray(from, from + size));
      decoder.end();
    };
    expect(all).toThrow(
      expect.objectContaining({
        code: 'IDX_TRAILING',
        offset: 18,
        expected: 'the end of the file after 2 items of 3 bytes',
        actual,
      }),
    );
  }
});

test('copies nothing: the payload is a view of the chunk', () => {
  const chunk = encodeIdx([2], Uint8Array.of(1, 2));
  const payload = new IdxDecoder('data').push(chunk);
  expect(payload.buffer).toBe(chunk.buffer);
  expect([...payload]).toEqual([1, 2]);
});
