// Numbers of any type as bytes: which range they are in, and what of it is full brightness.
import type { ArrayHeader } from './arrayHeader.js';
import { ELEMENT_BYTES, elementReader } from './elementType.js';

type Numbers = Pick<ArrayHeader, 'dtype' | 'bigEndian'>;

/** Least and greatest of some values, and whether one of them is none (NaN). */
export interface ValueRange {
  readonly least: number;
  readonly greatest: number;
  readonly hasNaN: boolean;
}

export const NO_VALUES: ValueRange = {
  least: Number.POSITIVE_INFINITY,
  greatest: Number.NEGATIVE_INFINITY,
  hasNaN: false,
};

/** The range of values that were looked at before and of those in `bytes`. */
export function widened(range: ValueRange, bytes: Uint8Array, { dtype, bigEndian }: Numbers): ValueRange {
  const valueAt = elementReader(bytes, dtype, bigEndian);
  const count = bytes.length / ELEMENT_BYTES[dtype];
  let { least, greatest, hasNaN } = range;
  for (let place = 0; place < count; place++) {
    const value = valueAt(place);
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    hasNaN ||= Number.isNaN(value);
  }
  return { least, greatest, hasNaN };
}

/** What values are multiplied by to become bytes: floats of 0..1 and truth values by 255, others of 0..255 by 1; else `undefined`. */
export function scaleOf({ least, greatest, hasNaN }: ValueRange, dtype: ArrayHeader['dtype']): 1 | 255 | undefined {
  if (hasNaN || least < 0) return undefined;
  const mayBeShare = dtype === 'bool' || dtype.startsWith('float');
  if (mayBeShare && greatest <= 1) return 255;
  return greatest <= 255 ? 1 : undefined;
}

/** Values as bytes, rounded to the nearest; halves upwards. */
export function brightness(bytes: Uint8Array, { dtype, bigEndian }: Numbers, scale: number): Uint8Array {
  const valueAt = elementReader(bytes, dtype, bigEndian);
  const pixels = new Uint8Array(bytes.length / ELEMENT_BYTES[dtype]);
  for (let place = 0; place < pixels.length; place++) pixels[place] = Math.round(valueAt(place) * scale);
  return pixels;
}
