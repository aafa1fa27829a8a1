// PSNR and SSIM beside what scikit-image says of the same images.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { structuralSimilarity } from '../../src/model/losses/structuralSimilarity.js';
import { peakSignalToNoise } from '../../src/statistics/peakSignalToNoise.js';

type Shape = readonly [height: number, width: number, channels: number];
interface Case {
  readonly shape: Shape;
  readonly share: number;
  readonly psnr: number;
  readonly ssim: number;
}
const { cases } = JSON.parse(readFileSync('test/fixtures/peers/similarity.json', 'utf8')) as { cases: Case[] };

function imageOf([height, width, channels]: Shape, value: (y: number, x: number, c: number) => number): Float64Array {
  const image = new Float64Array(height * width * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++) image[(y * width + x) * channels + c] = (value(y, x, c) % 256) / 255;
  return image;
}

describe.each(cases)(
  'an image of $shape and itself mixed with another one ($share)',
  ({ shape, share, psnr, ssim }) => {
    const first = imageOf(shape, (y, x, c) => 37 * y + 11 * x * (1 + (y % 3)) + 83 * c);
    const second = imageOf(shape, (y, x, c) => 29 * y + 13 * x + 7 * c * x);
    const mixed = first.map((value, at) => value + share * (second[at]! - value));

    test('are as alike as scikit-image says', () => {
      const meanSquaredError = first.reduce((sum, value, at) => sum + (value - mixed[at]!) ** 2, 0) / first.length;
      expect(Math.abs(peakSignalToNoise(meanSquaredError) - psnr)).toBeLessThan(1e-4);
      expect(Math.abs(structuralSimilarity(first, mixed, shape) - ssim)).toBeLessThan(1e-4);
    });
  },
);

test('an image is like itself', () => {
  const image = imageOf([11, 12, 1], (y, x) => 7 * y + 3 * x);
  expect(structuralSimilarity(image, image, [11, 12, 1])).toBeCloseTo(1, 12);
  expect(peakSignalToNoise(0)).toBe(Number.POSITIVE_INFINITY);
});
