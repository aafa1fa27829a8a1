import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../../src/data/idx/encoder.js';
import { parseIdxHeader } from '../../../src/data/idx/header.js';
import { decodeIdxValues } from '../../../src/data/idx/values.js';
import { shapedValues } from './arbitraries.js';

test('values of every type and rank survive encoding and decoding', () => {
  fc.assert(
    fc.property(shapedValues, ({ shape, values }) => {
      const file = encodeIdx(shape, values);
      const header = parseIdxHeader(file, 'data');
      expect(header.shape).toEqual(shape);
      expect(decodeIdxValues(file.subarray(header.headerBytes), header.dtype)).toEqual(values);
    }),
  );
});

test.each([
  { values: Uint8Array.of(255), bytes: '00000801 00000001 ff' },
  { values: Int8Array.of(-2), bytes: '00000901 00000001 fe' },
  { values: Int16Array.of(-2), bytes: '00000b01 00000001 fffe' },
  { values: Int32Array.of(258), bytes: '00000c01 00000001 00000102' },
  { values: Float32Array.of(1.5), bytes: '00000d01 00000001 3fc00000' },
  { values: Float64Array.of(-0.1), bytes: '00000e01 00000001 bfb999999999999a' },
])('writes $values.constructor.name big-endian', ({ values, bytes }) => {
  expect(Buffer.from(encodeIdx([1], values)).toString('hex')).toBe(bytes.replaceAll(' ', ''));
});

test('decodes values that do not lie on a boundary of their size', () => {
  const bytes = Uint8Array.of(9, 0x3f, 0xc0, 0, 0);
  expect(decodeIdxValues(bytes.subarray(1), 'float32')).toEqual(Float32Array.of(1.5));
});

test.each([
  { fault: 'too few values', shape: [2, 2], length: 3 },
  { fault: 'a dimension of 0', shape: [0], length: 0 },
  { fault: 'half a dimension', shape: [1.5, 2], length: 3 },
  { fault: 'no dimension', shape: [], length: 1 },
  { fault: '256 dimensions', shape: new Array(256).fill(1), length: 1 },
])('refuses $fault', ({ shape, length }) => {
  expect(() => encodeIdx(shape, new Uint8Array(length))).toThrow(expect.objectContaining({ code: 'OPTION' }));
});

test('refuses a dimension beyond 32 bits', () => {
  expect(() => encodeIdxHeader('uint8', [2 ** 32])).toThrow(/4294967295/);
});
