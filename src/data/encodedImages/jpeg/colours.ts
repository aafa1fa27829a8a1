import type { RawImage } from '../rawImage.js';
import { clamped } from './clamped.js';
import type { Plane } from './upsample.js';

/** 1.402, 1.772, 0.714 14 and 0.344 14 in 65536ths. */
const [RED_OF_CR, BLUE_OF_CB, GREEN_OF_CR, GREEN_OF_CB] = [91_881, 116_130, 46_802, 22_554];
const HALF = 1 << 15;

/** Luma and two colour differences as red, green and blue, bit for bit as libjpeg. @see JFIF 1.02, "color space" */
export function toColours(width: number, height: number, [luma, blue, red]: readonly [Plane, Plane, Plane]): RawImage {
  const pixels = new Uint8Array(3 * width * height);
  for (let row = 0, at = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1, at += 3) {
      const y = luma.samples[row * luma.stride + column]!;
      const cb = blue.samples[row * blue.stride + column]! - 128;
      const cr = red.samples[row * red.stride + column]! - 128;
      pixels[at] = clamped(y + ((RED_OF_CR * cr + HALF) >> 16));
      pixels[at + 1] = clamped(y + ((HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> 16));
      pixels[at + 2] = clamped(y + ((BLUE_OF_CB * cb + HALF) >> 16));
    }
  return { width, height, channels: 3, pixels };
}
