import type { ImageType } from './imageType.js';
import { jpegHeader } from './jpeg/jpegHeader.js';

/** What the head of an image file promises. */
export interface ImageHeader {
  readonly height: number;
  readonly width: number;
  readonly isGrey: boolean;
}

/** The head of a PNG or JPEG, read without a decoder; `undefined` for other types, and where it is damaged. */
export function imageHeader(bytes: Uint8Array, type: ImageType): ImageHeader | undefined {
  if (type === 'PNG') return pngHeader(bytes);
  const frame = type === 'JPEG' ? jpegHeader(bytes) : undefined;
  return frame && { height: frame.height, width: frame.width, isGrey: frame.components === 1 };
}

/** IHDR stands first. Colour types 0 and 4 are grey, without and with alpha. @see https://www.w3.org/TR/png-3/#11IHDR */
function pngHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (bytes.length < 26) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const colourType = view.getUint8(25);
  return { width: view.getUint32(16), height: view.getUint32(20), isGrey: colourType === 0 || colourType === 4 };
}
