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
      const left = Math.floor(sourceX);
      const top = Math.floor(sourceY);
      const toRight = sourceX - left;
      const toBottom = sourceY - top;
      const hasLeft = left >= 0 && left < width;
      const hasRight = left >= -1 && left < width - 1;
      const hasTop = top >= 0 && top < height;
      const hasBottom = top >= -1 && top < height - 1;
      let corner = (top * width + left) * channels;
      for (let channel = 0; channel < channels; channel++, at++, corner++) {
        const topLeft = hasTop && hasLeft ? from[corner]! : beyond;
        const topRight = hasTop && hasRight ? from[corner + channels]! : beyond;
        const bottomLeft = hasBottom && hasLeft ? from[corner + width * channels]! : beyond;
        const bottomRight = hasBottom && hasRight ? from[corner + (width + 1) * channels]! : beyond;
        const above = topLeft + toRight * (topRight - topLeft);
        const below = bottomLeft + toRight * (bottomRight - bottomLeft);
        const value = above + toBottom * (below - above);
        // Not negative: cut off after a half is added, it is rounded.
        to[at] = isBytes ? value + 0.5 : value;
      }
    }
  }
}
