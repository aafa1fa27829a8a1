import { expect, test } from 'vitest';
import { joinBytes } from '../../src/joinBytes.js';
import { MessageReader, WireError } from '../../src/protobuf/read.js';
import { bytes, float, integer, message, text } from '../../src/protobuf/write.js';

test('reads what is written', () => {
  const reader = new MessageReader(
    joinBytes([integer(1, 2 ** 40 + 7), float(2, 0.5), text(3, 'ü'), message(4, [integer(1, 3)])]),
  );
  expect([reader.next(), reader.field, reader.integer()]).toEqual([true, 1, 2 ** 40 + 7]);
  expect([reader.next(), reader.field, reader.real()]).toEqual([true, 2, 0.5]);
  expect([reader.next(), reader.field, reader.text()]).toEqual([true, 3, 'ü']);
  reader.next();
  const inner = reader.message();
  expect([inner.next(), inner.integer(), inner.next(), reader.next()]).toEqual([true, 3, false, false]);
});

test.each([
  [-1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]],
  [-300, [0xd4, 0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]],
  [300, [0xac, 2]],
])('%d is a number of 64 bits', (value, varint) => {
  const reader = new MessageReader(Uint8Array.from([8, ...varint]));
  reader.next();
  expect(reader.integer()).toBe(value);
});

test('numbers come packed or alone', () => {
  const numbers: number[] = [];
  const reader = new MessageReader(joinBytes([bytes(1, Uint8Array.of(1, 0xac, 2)), integer(1, 5)]));
  while (reader.next()) reader.numbers(0, numbers);
  expect(numbers).toEqual([1, 300, 5]);
});

test.each([
  ['a length beyond the end', [10, 127, 0]],
  ['a length of 2 to the power of 63', [10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ['a number that does not end', [8, 0x80]],
  ['a number of more than 64 bits', [8, ...new Array(11).fill(0x80)]],
  ['a group', [11]],
  ['the field 0', [0, 0]],
])('%s is no message', (_, content) => {
  const reader = new MessageReader(Uint8Array.from(content));
  expect(() => reader.next()).toThrow(WireError);
});

test('a field of another kind is refused where it is asked for', () => {
  const reader = new MessageReader(integer(1, 3));
  reader.next();
  expect(() => reader.bytes()).toThrow(WireError);
  expect(() => reader.real()).toThrow(WireError);
});
