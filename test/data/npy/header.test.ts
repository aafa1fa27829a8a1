import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ELEMENT_BYTES, type ElementType } from '../../../src/data/array/elementType.js';
import { encodeNpyHeader } from '../../../src/data/npy/encoder.js';
import { isNpy, parseNpyHeader } from '../../../src/data/npy/header.js';
import { DataError } from '../../../src/errors.js';

/** A file of version 1 with any text in the place of its dictionary. */
function withText(text: string): Uint8Array {
  const bytes = Buffer.from(`\u0093NUMPY\u0001\0..${text}`, 'latin1');
  bytes.writeUInt16LE(text.length, 8);
  return bytes;
}

const parse = (text: string) => parseNpyHeader(withText(text), 'x');

test('reads what it writes', () => {
  const dtypes = Object.keys(ELEMENT_BYTES) as ElementType[];
  fc.assert(
    fc.property(
      fc.constantFrom(...dtypes),
      fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      (dtype, shape, bigEndian, fortranOrder) => {
        const bytes = encodeNpyHeader(dtype, shape, { bigEndian, fortranOrder });
        expect(bytes.length % 64).toBe(0);
        expect(parseNpyHeader(bytes, 'x')).toMatchObject({
          dtype,
          shape,
          fortranOrder,
          bigEndian: bigEndian && ELEMENT_BYTES[dtype] > 1,
          headerBytes: bytes.length,
          itemCount: shape[0],
        });
      },
    ),
  );
});

test('takes what Python may write: any order of keys, double quotes, long numbers, no comma at the end', () => {
  expect(parse(`{"shape": (2L, 3,), 'descr':'<f4','fortran_order' : True}`)).toMatchObject({
    dtype: 'float32',
    shape: [2, 3],
    fortranOrder: true,
  });
});

test.each([
  [`{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,)}`, 'a type in quotes'],
  [`{'descr': '|u1', 'fortran_order': 1, 'shape': (1,)}`, 'True or False'],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': (1 * 10 ** 9,)}`, ', or )'],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': [1]}`, 'a tuple'],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}`, 'a whole number'],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': (${'1,'.repeat(33)})}`, 'at most 32 dimensions'],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}; exit()`, 'nothing after the dictionary'],
  [`{'descr': '|u1', 'fortran_order': False}`, "'shape'"],
  [`{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}`, "'descr' once"],
  [`{'__proto__': '|u1'}`, "'descr', 'fortran_order' or 'shape'"],
  [`{'descr': 'u1', 'fortran_order': False, 'shape': (1,)}`, "a type of numbers, such as '|u1'"],
  [`{'descr': '|u1', 'fortran_order': False, 'shape': (9999999999, 9999999999)}`, 'less than 2^53 bytes'],
  ['', '{'],
])('refuses %s', (text, expected) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'NPY_HEADER', expected }));
});

test.each(['()', '(0,)', '(3, 0)'])('refuses the shape %s, which has no value', (shape) => {
  expect(() => parse(`{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}}`)).toThrow(
    expect.objectContaining({ code: 'NPY_UNSUITABLE' }),
  );
});

test('refuses versions and lengths that there are not', () => {
  const bytes = Buffer.from(encodeNpyHeader('uint8', [1]));
  expect(() => parseNpyHeader(Buffer.concat([bytes.subarray(0, 6), Buffer.of(4, 0, 0, 0, 0, 0)]), 'x')).toThrow(
    /version 4/,
  );
  expect(() => parseNpyHeader(Buffer.concat([bytes.subarray(0, 6), Buffer.of(2, 0, 255, 255, 255, 255)]), 'x')).toThrow(
    /at most 10000 bytes, found 4294967295 bytes/,
  );
});

test('whatever the bytes, a header is read or refused', () => {
  const good = Buffer.from(encodeNpyHeader('uint16', [3, 4, 5]));
  const mutated = fc.tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length)).map(([at, byte, end]) => {
    const bytes = Buffer.from(good);
    bytes[at] = byte;
    return bytes.subarray(0, end);
  });
  fc.assert(
    fc.property(mutated, (bytes) => {
      if (!isNpy(bytes)) return;
      try {
        expect(parseNpyHeader(bytes, 'x').itemBytes).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }),
    { numRuns: 1000 },
  );
});
