// The pixels of a convolution in blocks that a kernel computes together; see `assembly/convolution/convolution.ts`.
import type { Phase } from './phases.js';

interface Steps {
  readonly imageStep: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Pixels of a block. */
export const BLOCK_PIXELS = {
  convolve4x8: 4,
  convolve6x4: 6,
  convolve2x4Dot: 2,
  convolve6x1Dot: 6,
  convolve1x8Window4: 1,
  convolve4x8Row3: 4,
  // Where it leaves nothing out it is `convolve4x8`.
  denseNonZeros: 4,
} as const;

/** From row to row without a gap: a block may reach into the next row. */
export function imageBlocks(rows: Phase, columns: Phase, input: Steps, output: Steps, size: number): Int32Array {
  return blocks(rows.count * columns.count, size, {
    input: (pixel) => placeOf(pixel, columns.count, input),
    output: (pixel) => placeOf(pixel, columns.count, output),
  });
}

/** Each image of a tile is a pixel. */
export function tileBlocks(tile: number, input: Steps, output: Steps, size: number): Int32Array {
  return blocks(tile, size, {
    input: (image) => image * input.imageStep,
    output: (image) => image * output.imageStep,
  });
}

function placeOf(pixel: number, columns: number, { rowStep, columnStep }: Steps): number {
  return Math.floor(pixel / columns) * rowStep + (pixel % columns) * columnStep;
}

interface Places {
  readonly input: (pixel: number) => number;
  readonly output: (pixel: number) => number;
}

/**
 * For each block the place of its first input, the others' distance from it, and the places of its outputs. What is missing
 * in the last block is its last pixel again, which is computed more than once, to the same bits.
 */
function blocks(count: number, size: number, { input, output }: Places): Int32Array {
  // A large image has millions of pixels: no array for each.
  const list = new Int32Array(Math.ceil(count / size) * 2 * size);
  for (let block = 0; block * size < count; block++) {
    const at = block * 2 * size;
    const first = input(block * size);
    for (let index = 0; index < size; index++) {
      const pixel = Math.min(block * size + index, count - 1);
      list[at + index] = index === 0 ? first : input(pixel) - first;
      list[at + size + index] = output(pixel);
    }
  }
  return list;
}
