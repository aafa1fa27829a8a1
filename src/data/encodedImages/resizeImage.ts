// Bilinear with antialiasing, as Pillow and torchvision do it: the triangle is as wide as the step between output pixels.
import type { DecodingOptions } from './imageOptions.js';
import type { RawImage } from './rawImage.js';

/** An image of another size; an image that has it already is returned as it is. */
export function resizeImage(image: RawImage, { resize, fit }: DecodingOptions): RawImage {
  if (resize === undefined || (image.height === resize[0] && image.width === resize[1])) return image;
  const [height, width] = resize;
  if (fit === 'fill') return scaled(image, height, width);
  const ratios = [height / image.height, width / image.width];
  const ratio = fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios);
  const inner = scaled(image, sideOf(image.height * ratio), sideOf(image.width * ratio));
  return placed(inner, height, width);
}

function sideOf(length: number): number {
  return Math.max(1, Math.round(length));
}

function scaled(image: RawImage, height: number, width: number): RawImage {
  const { channels } = image;
  const across = weightsOf(image.width, width);
  const down = weightsOf(image.height, height);
  const rows = new Float32Array(image.height * width * channels);
  for (let row = 0; row < image.height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const { first, weights } = across[column]!;
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap += 1)
          sum += weights[tap]! * image.pixels[(row * image.width + first + tap) * channels + channel]!;
        rows[(row * width + column) * channels + channel] = sum;
      }
    }
  const pixels = new Uint8Array(height * width * channels);
  const rowLength = width * channels;
  for (let row = 0; row < height; row += 1) {
    const { first, weights } = down[row]!;
    for (let at = 0; at < rowLength; at += 1) {
      let sum = 0.5;
      for (let tap = 0; tap < weights.length; tap += 1) sum += weights[tap]! * rows[(first + tap) * rowLength + at]!;
      pixels[row * rowLength + at] = sum;
    }
  }
  return { height, width, channels, pixels };
}

interface Taps {
  readonly first: number;
  /** Of the input pixels from `first` on; together 1. */
  readonly weights: readonly number[];
}

function weightsOf(from: number, to: number): Taps[] {
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from, Math.ceil(centre + reach));
    const raw = Array.from({ length: last - first }, (_, tap) =>
      Math.max(0, 1 - Math.abs(first + tap + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

/** In the middle of an image of that size: what stands out is cut off, what is missing is black. */
function placed(image: RawImage, height: number, width: number): RawImage {
  const { channels } = image;
  const pixels = new Uint8Array(height * width * channels);
  const [top, left] = [Math.floor((height - image.height) / 2), Math.floor((width - image.width) / 2)];
  const first = Math.max(0, left);
  const last = Math.min(width, left + image.width);
  for (let row = Math.max(0, top); row < Math.min(height, top + image.height); row += 1) {
    const from = (row - top) * image.width - left;
    pixels.set(
      image.pixels.subarray((from + first) * channels, (from + last) * channels),
      (row * width + first) * channels,
    );
  }
  return { height, width, channels, pixels };
}
