import { expect, test } from 'vitest';
import { undoSnappy } from '../../../src/data/parquet/snappy.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('puts literals and copies, also of what is being written', () => {
  // "ab", then eight bytes from two back, then four from three back.
  expect(text(undoSnappy(Uint8Array.of(14, 0b0000_0100, 97, 98, 0b0001_0001, 2, 0b0000_1110, 3, 0), 14))).toBe(
    'abababababbabb',
  );
});

test('what is not there is neither copied nor promised', () => {
  expect(() => undoSnappy(Uint8Array.of(4, 0b0000_0001, 1), 4)).toThrow('copies what is not there');
  expect(() => undoSnappy(Uint8Array.of(8, 0b0001_1100, 97), 8)).toThrow('ends too early');
  expect(() => undoSnappy(Uint8Array.of(2, 0, 97), 2)).toThrow('1 of 2 bytes');
  expect(() => undoSnappy(new Uint8Array(100), 2 ** 30)).toThrow('promised by 100');
});
