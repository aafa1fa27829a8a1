import { expect, test } from 'vitest';
import { floatValues } from '../../../src/model/safetensors/floatValues.js';

const bytesOf = (array: Uint16Array | Float64Array): Uint8Array => new Uint8Array(array.buffer);

test('F16 becomes float32 exactly: subnormals, the largest, infinities, NaN', () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x83ff, 0x8000, 0x7c00, 0xfc00, 0x7e00);
  expect([...floatValues('F16', bytesOf(halves))]).toEqual([
    ...[1, -2, 65504, 2 ** -14, 2 ** -24, -1023 * 2 ** -24, -0],
    ...[Infinity, -Infinity, NaN],
  ]);
});

test('BF16 becomes the float32 that it is the upper half of', () => {
  const halves = Uint16Array.of(0x3f80, 0xc049, 0x0001, 0x7f80, 0xff80, 0x7fc0, 0x8000);
  expect([...floatValues('BF16', bytesOf(halves))]).toEqual([1, -3.140625, 2 ** -133, Infinity, -Infinity, NaN, -0]);
});

test('F64 is rounded to the nearest float32', () => {
  const doubles = Float64Array.of(0.1, 1 + 2 ** -25, 1e300, -0);
  expect([...floatValues('F64', bytesOf(doubles))]).toEqual([Math.fround(0.1), 1, Infinity, -0]);
});

test('values are read wherever they lie, and copied', () => {
  const bytes = new Uint8Array(9);
  bytes.set(bytesOf(Float64Array.of(2)), 1);
  const values = floatValues('F64', bytes.subarray(1));
  bytes.fill(0);
  expect([...values]).toEqual([2]);
});
