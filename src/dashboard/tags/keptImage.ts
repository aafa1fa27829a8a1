// A picture as it is kept: no larger than a terminal shows it.
import type { ImageEvent } from '../../events/schema.js';
import { decodeBytes } from '../../text/base64.js';
import type { ShelfItem } from './shelf.js';

export interface KeptImage extends ShelfItem {
  /** [height, width, channels] of what is kept. */
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly pixels: Uint8Array;
  /** As the event had it. */
  readonly whole: readonly [height: number, width: number];
  readonly elapsedMs: number;
}

/** A terminal of 200 columns and 60 rows shows 200 × 120 pixels. */
const MOST_SIDE = 200;
const OBJECT_BYTES = 200;

/** Nothing where it has not as many pixels as it says. */
export function keptImage({ shape, pixels: text, step, elapsedMs }: ImageEvent): KeptImage | undefined {
  const [height, width, channels] = shape;
  const pixels = decodeBytes(text, height * width * channels);
  if (pixels === undefined) return undefined;
  const factor = Math.ceil(Math.max(height, width) / MOST_SIDE);
  const small = factor > 1 ? averaged(pixels, [height, width, channels], factor) : { pixels, shape };
  return { step, elapsedMs, ...small, whole: [height, width], bytes: small.pixels.length + OBJECT_BYTES };
}

/** Means of `factor` × `factor` pixels; at the right and lower edge, of those that there are. */
function averaged(pixels: Uint8Array, [height, width, channels]: readonly number[], factor: number) {
  const [rows, columns] = [Math.ceil(height! / factor), Math.ceil(width! / factor)];
  const small = new Uint8Array(rows * columns * channels!);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < channels!; channel++) {
        let [sum, count] = [0, 0];
        for (let y = row * factor; y < Math.min(height!, (row + 1) * factor); y++)
          for (let x = column * factor; x < Math.min(width!, (column + 1) * factor); x++, count++)
            sum += pixels[(y * width! + x) * channels! + channel]!;
        small[(row * columns + column) * channels! + channel] = Math.round(sum / count);
      }
  return { pixels: small, shape: [rows, columns, channels!] as const };
}
