import type { ImageShape, Pixels } from '../../../data/batch.js';

/**
 * Turns one image about its centre, counter-clockwise, with bilinear interpolation; beyond the border everything has the fill value.
 *
 * Each pixel at (x, y) from the centre shows what was at (x cos a − y sin a, x sin a + y cos a), where y grows downwards.
 *
 * @param angle in radians
 * @param fill 0 to 1
 */
export function rotate(from: Pixels, to: Pixels, shape: ImageShape, angle: number, fill: number): void {
  const [height, width, channels] = shape;
  const isBytes = to instanceof Uint8Array;
  const beyond = isBytes ? Math.round(255 * fill) : fill;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0, at = 0; row < height; row++) {
    const y = row - centreY;
    for (let column = 0; column < width; column++) {
      const x = column - centreX;
      const sourceX = centreX + x * cos - y * sin;
      const sourceY = centreY + x * sin + y * cos;
      const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
      const [right, bottom] = [sourceX - left, sourceY - top];
      for (let channel = 0; channel < channels; channel++, at++) {
        const pixel = (x: number, y: number): number =>
          x < 0 || x >= width || y < 0 || y >= height ? beyond : from[(y * width + x) * channels + channel]!;
        const value =
          (1 - bottom) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top)) +
          bottom * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1));
        to[at] = isBytes ? Math.round(value) : value;
      }
    }
  }
}
