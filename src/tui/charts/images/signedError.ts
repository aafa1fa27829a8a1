// Where a reconstruction is too bright or too dark.
import type { TileShape } from './tile.js';

/** An error of half the range is as strong as can be shown: most are far below it. */
const STRONGEST = 127.5;

/**
 * Reconstruction minus target in (h, w) order, the mean over the channels: above 0 too bright, below 0 too dark, 1 and -1
 * half of the range.
 */
export function signedError(
  reconstruction: Uint8Array,
  target: Uint8Array,
  [height, width, channels]: TileShape,
): Float32Array {
  const errors = new Float32Array(height * width);
  for (let place = 0; place < errors.length; place++) {
    let sum = 0;
    for (let channel = place * channels; channel < (place + 1) * channels; channel++)
      sum += (reconstruction[channel] ?? 0) - (target[channel] ?? 0);
    errors[place] = sum / channels / STRONGEST;
  }
  return errors;
}
