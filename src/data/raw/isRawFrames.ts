import { type ImageShape, imageSize } from '../batch.js';
import { unmistakable } from '../foreignBytes.js';
import { isIdxOfSize, parseIdxHeader } from '../idx/header.js';

/** Bytes to look at. Frames that are dark begin as IDX does, so more than its first bytes have to agree. */
export const LOOKED_AT = 20;

/**
 * Whether bytes of which a shape was said are raw frames: all but what is unmistakably something else.
 * @param start 20 bytes at least, where there are so many
 * @param size of all bytes. @default not known
 */
export function isRawFrames(start: Uint8Array, shape: ImageShape, size?: number): boolean {
  return start.length > 0 && unmistakable(start) === undefined && !isIdxOf(start, shape, size);
}

/** An IDX file whose items are as large, or that keeps the promise of its header to the byte. */
function isIdxOf(start: Uint8Array, shape: ImageShape, size: number | undefined): boolean {
  if (size !== undefined && isIdxOfSize(start, size)) return true;
  try {
    return parseIdxHeader(start, '').itemBytes === imageSize(shape);
  } catch {
    return false;
  }
}
