import type { ImageShape, Pixels } from '../../../data/batch.js';

/**
 * Copies the part of an image that is seen through a window, whose upper left corner lies at (`top`, `left`) of the image and may
 * lie outside of it; beyond the border nothing is written.
 */
export function copyWindow(
  from: Pixels,
  [height, width, channels]: ImageShape,
  to: Pixels,
  [windowHeight, windowWidth]: ImageShape,
  top: number,
  left: number,
): void {
  const first = Math.max(0, -left);
  const last = Math.min(windowWidth, width - left);
  if (first >= last) return;
  for (let row = Math.max(0, -top); row < Math.min(windowHeight, height - top); row++) {
    const start = ((row + top) * width + first + left) * channels;
    to.set(from.subarray(start, start + (last - first) * channels), (row * windowWidth + first) * channels);
  }
}
