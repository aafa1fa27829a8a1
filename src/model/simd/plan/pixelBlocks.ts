// The pixels of a convolution in blocks that a kernel computes together; see `assembly/convolution.ts`.
import type { Phase } from './windows.js';

interface Steps {
  readonly imageStep: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** Pixels of a block. */
export const BLOCK_PIXELS = {
  convolvePairs: 4,
  convolveSingles: 6,
  convolveSums: 2,
  convolveOne: 6,
  convolveFours: 1,
} as const;

/** From row to row without a gap: a block may reach into the next row. */
export function imageBlocks(rows: Phase, columns: Phase, input: Steps, output: Steps, size: number): readonly number[] {
  return blocks(rows.count * columns.count, size, (pixel) => {
    const [row, column] = [Math.floor(pixel / columns.count), pixel % columns.count];
    return [row * input.rowStep + column * input.columnStep, row * output.rowStep + column * output.columnStep];
  });
}

/** Each image of a tile is a pixel. */
export function tileBlocks(tile: number, input: Steps, output: Steps, size: number): readonly number[] {
  return blocks(tile, size, (image) => [image * input.imageStep, image * output.imageStep]);
}

/** What is missing in the last block is its last pixel again, which is computed more than once, to the same bits. */
function blocks(count: number, size: number, place: (pixel: number) => readonly [number, number]): readonly number[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, block) => {
    const places = Array.from({ length: size }, (_, index) => place(Math.min(block * size + index, count - 1)));
    const [first] = places[0]!;
    return [
      ...places.map(([input], index) => (index === 0 ? first : input - first)),
      ...places.map(([, output]) => output),
    ];
  }).flat();
}
