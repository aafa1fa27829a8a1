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

test('refuses the first byte beyond the promised items', () => {
  const decoder = new IdxDecoder('data');
  decoder.push(encodeIdx([2, 3], new Uint8Array(6)));
  expect(() => decoder.push(Uint8Array.of(0))).toThrow(
    expect.objectContaining({
      code: 'IDX_TRAILING',
      offset: 18,
      expected: 'the end of the file after 2 items of 3 bytes',
    }),
  );
});

test('copies nothing: the payload is a view of the chunk', () => {
  const chunk = encodeIdx([2], Uint8Array.of(1, 2));
  const payload = new IdxDecoder('data').push(chunk);
  expect(payload.buffer).toBe(chunk.buffer);
  expect([...payload]).toEqual([1, 2]);
});
