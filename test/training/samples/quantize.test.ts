import { describe, expect, test } from 'vitest';
import { quantize, rangeOf, signedRangeOf } from '../../../src/training/samples/quantize.js';

const bytes = (base64: string): readonly number[] => [...Buffer.from(base64, 'base64')];
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('a range', () => {
  test('reaches from the lowest to the highest number', () => {
    expect(rangeOf(Float32Array.of(3, -2, 0.5))).toEqual({ low: -2, high: 3 });
  });

  test('leaves out what is not finite, and is 0 to 0 where nothing is', () => {
    expect(rangeOf(Float32Array.of(nan, 2, infinity, 1, -infinity))).toEqual({ low: 1, high: 2 });
    expect(rangeOf(Float32Array.of(nan, infinity))).toEqual({ low: 0, high: 0 });
    expect(rangeOf(new Float32Array())).toEqual({ low: 0, high: 0 });
  });

  test('knows no minus zero, as JSON does not', () => {
    expect(rangeOf(Float32Array.of(-0))).toEqual({ low: 0, high: 0 });
  });

  test('is symmetric about 0 where both signs occur, and only there', () => {
    expect(signedRangeOf(Float32Array.of(-1, 3))).toEqual({ low: -3, high: 3 });
    expect(signedRangeOf(Float32Array.of(-4, 3))).toEqual({ low: -4, high: 4 });
    expect(signedRangeOf(Float32Array.of(1, 3))).toEqual({ low: 1, high: 3 });
    expect(signedRangeOf(Float32Array.of(-3, 0))).toEqual({ low: -3, high: 0 });
  });
});

describe('levels', () => {
  test('are bytes, 0 for the lowest and 255 for the highest', () => {
    const { low, high, values } = quantize(Float32Array.of(-1, 0, 0.5, 1), { low: -1, high: 1 });
    expect({ low, high }).toEqual({ low: -1, high: 1 });
    expect(bytes(values)).toEqual([0, 128, 191, 255]);
  });

  test('end where the range ends; NaN is the lowest', () => {
    const { values } = quantize(Float32Array.of(-9, 9, infinity, -infinity, nan), { low: 0, high: 1 });
    expect(bytes(values)).toEqual([0, 255, 255, 0, 0]);
  });

  test('are all 0 where all numbers are the same', () => {
    expect(bytes(quantize(Float32Array.of(2, 2), { low: 2, high: 2 }).values)).toEqual([0, 0]);
  });
});
