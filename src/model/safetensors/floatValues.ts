// Values of the floating-point types as float32, little-endian as in the file.
import type { Dtype } from './header.js';

/** The types that weights may have; all become float32. */
export const FLOAT_DTYPES = ['F16', 'BF16', 'F32', 'F64'] as const satisfies readonly Dtype[];

export type FloatDtype = (typeof FLOAT_DTYPES)[number];

export function isFloatDtype(dtype: Dtype): dtype is FloatDtype {
  return (FLOAT_DTYPES as readonly Dtype[]).includes(dtype);
}

/** F16 and BF16 exactly; F64 rounded to the nearest. The result shares no memory with the bytes. */
export function floatValues(dtype: FloatDtype, bytes: Uint8Array): Float32Array {
  // A copy is aligned, wherever the bytes lay.
  const { buffer } = Uint8Array.from(bytes);
  switch (dtype) {
    case 'F16':
      return Float32Array.from(new Uint16Array(buffer), fromHalf);
    case 'BF16':
      return fromBrain(new Uint16Array(buffer));
    case 'F32':
      return new Float32Array(buffer);
    case 'F64':
      return Float32Array.from(new Float64Array(buffer));
  }
}

/** @see IEEE 754-2019, binary16: 1 sign, 5 exponent and 10 fraction bits */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function fromBrain(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half * 0x10000).buffer);
}
