// Images with what a network makes of them, in one picture.
import { type ImageShape, imageSize } from '../data/batch.js';
import { toBytes } from './pictureBatch.js';
import { toUnit } from './toUnit.js';

/** An image of a sheet. */
export interface SheetImage {
  readonly reconstruction: Float32Array | Uint8Array;
  /** What went in. @default the reconstruction stands alone */
  readonly input?: Uint8Array | Float32Array;
}

export interface Sheet {
  /** 0..255, `shape`. */
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
}

/** Pixels between the rows of a block and between columns, and between blocks. */
const GAP = 1;
const BLOCK_GAP = 4;

/**
 * Blocks of rows, about as wide as high: inputs, reconstructions below them, and below these the signed error where it is asked for
 * (mid-grey where nothing differs, brighter where the reconstruction is).
 */
export function sheetOf(images: readonly SheetImage[], shape: ImageShape, { error = false } = {}): Sheet {
  const columns = images.map((image) => picturesOf(image, error));
  const [height, width, channels] = shape;
  const rows = columns[0]?.length ?? 0;
  const blockHeight = rows * (height + GAP) - GAP + BLOCK_GAP;
  const across = Math.min(
    columns.length,
    Math.max(1, Math.round(Math.sqrt((columns.length * blockHeight) / (width + GAP)))),
  );
  const down = Math.ceil(columns.length / across);
  const sheet: ImageShape = [down * blockHeight - BLOCK_GAP, across * (width + GAP) - GAP, channels];
  const pixels = new Uint8Array(imageSize(sheet));
  for (const [at, pictures] of columns.entries())
    for (const [row, picture] of pictures.entries()) {
      const top = Math.floor(at / across) * blockHeight + row * (height + GAP);
      const left = (at % across) * (width + GAP);
      place(picture, shape, { pixels, shape: sheet }, top, left);
    }
  return { pixels, shape: sheet };
}

function picturesOf({ input, reconstruction }: SheetImage, error: boolean): readonly Uint8Array[] {
  if (input === undefined) return [toBytes(reconstruction)];
  const pictures = [toBytes(input), toBytes(reconstruction)];
  if (!error) return pictures;
  const unit = toUnit(input);
  return [...pictures, toBytes(toUnit(reconstruction).map((value, at) => 0.5 + (value - unit[at]!) / 2))];
}

function place(
  picture: Uint8Array,
  [height, width, channels]: ImageShape,
  sheet: Sheet,
  top: number,
  left: number,
): void {
  const [, sheetWidth] = sheet.shape;
  for (let row = 0; row < height; row++) {
    const line = picture.subarray(row * width * channels, (row + 1) * width * channels);
    sheet.pixels.set(line, ((top + row) * sheetWidth + left) * channels);
  }
}
