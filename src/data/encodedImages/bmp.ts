// Windows bitmaps: a file header of 14 bytes, an info header, a palette, rows padded to four bytes, the lowest row first unless
// the height is negative. https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
import type { Samples } from './rawImage.js';

const RGB = 0;
const BIT_FIELDS = 3;

interface BmpHeader {
  readonly pixelsAt: number;
  readonly paletteAt: number;
  /** Bytes of a colour in the palette. */
  readonly colourBytes: number;
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  /** Of red, green and blue in a pixel of 16 or 32 bits. */
  readonly masks: readonly number[];
}

/** Width and height of a BMP file. @throws RangeError where it ends before them */
export function bmpSize(bytes: Uint8Array): { readonly width: number; readonly height: number } {
  return headerOf(viewOf(bytes));
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits to red, green and blue; a fourth byte is passed over, as in Pillow.
 * @throws Error for other kinds, RangeError where the file ends too early
 */
export function decodeBmp(bytes: Uint8Array): Samples {
  const view = viewOf(bytes);
  const header = headerOf(view);
  const { width, height, bits, pixelsAt, isTopDown } = header;
  const rowBytes = 4 * Math.ceil((width * bits) / 32);
  if (pixelsAt + rowBytes * (height - 1) + Math.ceil((width * bits) / 8) > bytes.length)
    throw new RangeError('it ends too early');
  const data = new Uint8Array(height * width * 3);
  const colour = colourReader(view, header);
  for (let row = 0; row < height; row += 1) {
    const from = pixelsAt + rowBytes * (isTopDown ? row : height - 1 - row);
    for (let column = 0; column < width; column += 1) colour(from, column, data, 3 * (row * width + column));
  }
  return { width, height, channels: 3, data };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function headerOf(view: DataView): BmpHeader {
  const pixelsAt = view.getUint32(10, true);
  const headerBytes = view.getUint32(14, true);
  if (headerBytes < 40) {
    const [width, height] = [view.getUint16(18, true), view.getUint16(20, true)];
    const bits = view.getUint16(24, true);
    return { pixelsAt, paletteAt: 26, colourBytes: 3, width, height, isTopDown: false, bits, masks: masksOf(bits) };
  }
  const compression = view.getUint32(30, true);
  if (compression !== RGB && compression !== BIT_FIELDS) throw new Error('a compressed BMP');
  const bits = view.getUint16(28, true);
  const height = view.getInt32(22, true);
  const hasMasks = compression === BIT_FIELDS;
  const masks = hasMasks ? [54, 58, 62].map((at) => view.getUint32(at, true)) : masksOf(bits);
  const paletteAt = 14 + headerBytes + (hasMasks && headerBytes === 40 ? 12 : 0);
  const width = view.getInt32(18, true);
  if (width < 1 || height === 0) throw new Error('a BMP without pixels');
  return { pixelsAt, paletteAt, colourBytes: 4, width, height: Math.abs(height), isTopDown: height < 0, bits, masks };
}

function masksOf(bits: number): readonly number[] {
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff];
}

/** Writes the red, green and blue of a pixel, given the place of its row. */
type ReadColour = (row: number, column: number, data: Uint8Array, at: number) => void;

function colourReader(view: DataView, { bits, masks, paletteAt, colourBytes, pixelsAt }: BmpHeader): ReadColour {
  if (bits === 24)
    return (row, column, data, at) => {
      for (let channel = 0; channel < 3; channel += 1)
        data[at + channel] = view.getUint8(row + 3 * column + 2 - channel);
    };
  if (bits === 16 || bits === 32) {
    const fields = masks.map(fieldOf);
    return (row, column, data, at) => {
      const value = bits === 16 ? view.getUint16(row + 2 * column, true) : view.getUint32(row + 4 * column, true);
      for (let channel = 0; channel < 3; channel += 1) data[at + channel] = fields[channel]!(value);
    };
  }
  if (bits !== 1 && bits !== 4 && bits !== 8) throw new Error(`a BMP of ${bits} bits`);
  const colours = Math.floor((pixelsAt - paletteAt) / colourBytes);
  return (row, column, data, at) => {
    const bit = column * bits;
    const index = (view.getUint8(row + (bit >> 3)) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    if (index >= colours) return;
    for (let channel = 0; channel < 3; channel += 1)
      data[at + channel] = view.getUint8(paletteAt + index * colourBytes + 2 - channel);
  };
}

/** The value of the bits under a mask, stretched to 0..255. */
function fieldOf(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const brightest = mask >>> shift;
  return (value) => Math.round((255 * ((value & mask) >>> shift)) / brightest);
}
