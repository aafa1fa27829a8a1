import { expect, test } from 'vitest';
import { encodeIdxHeader } from '../../../src/data/idx/encoder.js';
import { parseIdxHeader } from '../../../src/data/idx/header.js';
import { IdxError } from '../../../src/errors.js';

test('reads what MNIST says of its training images', () => {
  const start = Uint8Array.from([0, 0, 8, 3, 0, 0, 0xea, 0x60, 0, 0, 0, 28, 0, 0, 0, 28, 99]);
  expect(parseIdxHeader(start, 'train')).toEqual({
    dtype: 'uint8',
    shape: [60_000, 28, 28],
    itemCount: 60_000,
    itemBytes: 784,
    headerBytes: 16,
  });
});

test('knows the six element types by their code', () => {
  const dtypes = [8, 9, 11, 12, 13, 14].map((code) => {
    const { dtype, itemBytes } = parseIdxHeader(Uint8Array.from([0, 0, code, 1, 0, 0, 0, 1]), 'x');
    return [dtype, itemBytes];
  });
  const expected = { uint8: 1, int8: 1, int16: 2, int32: 4, float32: 4, float64: 8 };
  expect(dtypes).toEqual(Object.entries(expected));
});

test('reads the largest rank', () => {
  const shape = Array.from({ length: 255 }, (_, axis) => (axis < 3 ? 2 : 1));
  expect(parseIdxHeader(encodeIdxHeader('int16', shape), 'x')).toMatchObject({
    shape,
    itemBytes: 8,
    headerBytes: 1024,
  });
});

const LARGE = [0xff, 0xff, 0xff, 0xff];

test.each([
  { fault: 'a text file', bytes: [...Buffer.from('hello')], code: 'IDX_MAGIC', offset: 0, actual: '0x68 0x65' },
  {
    fault: 'a zip archive',
    bytes: [...Buffer.from('PK\x03\x04')],
    code: 'IDX_MAGIC',
    offset: 0,
    actual: 'a zip archive',
  },
  { fault: 'one wrong byte', bytes: [0, 7], code: 'IDX_MAGIC', offset: 1, actual: '0x00 0x07' },
  { fault: 'an unknown type', bytes: [0, 0, 10, 1], code: 'IDX_TYPE', offset: 2, actual: '0x0a' },
  { fault: 'rank 0', bytes: [0, 0, 8, 0], code: 'IDX_RANK', offset: 3, actual: 'rank 0' },
  { fault: 'an empty file', bytes: [], code: 'IDX_HEADER_TRUNCATED', offset: 0, actual: 'an empty file' },
  { fault: 'a single byte', bytes: [0], code: 'IDX_HEADER_TRUNCATED', offset: 1, actual: 'only 1 byte' },
  {
    fault: 'a missing dimension',
    bytes: [0, 0, 8, 2, 0, 0, 0, 1],
    code: 'IDX_HEADER_TRUNCATED',
    offset: 8,
    actual: 'only 8 bytes',
  },
  {
    fault: 'dimension 0',
    bytes: [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0],
    code: 'IDX_DIMENSION',
    offset: 8,
    actual: 'dimension 2 of 2 is 0',
  },
  {
    fault: 'more than 2^53 values',
    bytes: [0, 0, 8, 2, ...LARGE, ...LARGE],
    code: 'IDX_TOO_LARGE',
    offset: 4,
    actual: '4294967295×4294967295 uint8',
  },
  {
    fault: 'more than 2^53 bytes',
    bytes: [0, 0, 14, 2, ...LARGE, 0, 0x20, 0, 0],
    code: 'IDX_TOO_LARGE',
    offset: 4,
    actual: '4294967295×2097152 float64',
  },
])('refuses $fault', ({ bytes, ...expected }) => {
  const error = catchError(() => parseIdxHeader(Uint8Array.from(bytes), 'data'));
  expect(error).toBeInstanceOf(IdxError);
  expect(error).toMatchObject({ path: 'data', code: expected.code, offset: expected.offset, actual: expected.actual });
  expect(error).toMatchObject({ expected: expect.stringMatching(/./), advice: expect.stringMatching(/\.$/) });
});

function catchError(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
