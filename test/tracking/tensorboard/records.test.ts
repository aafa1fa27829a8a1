import { expect, test } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../src/tracking/tensorboard/crc32c.js';
import { encodeRecord } from '../../../src/tracking/tensorboard/records.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test('has the checksums of RFC 3720', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  expect(crc32c(new Uint8Array(0))).toBe(0);
});

test('masks them as TensorBoard does', () => {
  expect(maskedCrc32c(text('\x1a\x11CRC test, one two'))).toBe(0x5794d08a);
});

test('frames data as a record, whose checksums are over the length and over the data', () => {
  const data = text('data');
  const record = encodeRecord(data);
  const view = new DataView(record.buffer);
  expect(view.getBigUint64(0, true)).toBe(4n);
  expect(view.getUint32(8, true)).toBe(maskedCrc32c(record.subarray(0, 8)));
  expect(record.subarray(12, 16)).toEqual(data);
  expect(view.getUint32(16, true)).toBe(maskedCrc32c(data));
  expect(record).toHaveLength(20);
});
