import { OptionError } from '../../errors.js';
import { ELEMENT_BYTES, type ElementType } from '../array/elementType.js';

const TYPES: Readonly<Record<ElementType, string>> = {
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float32: 'f4',
  float64: 'f8',
};

export interface NpyHeaderOptions {
  /** @default false */
  readonly bigEndian?: boolean;
  /** @default false */
  readonly fortranOrder?: boolean;
  /** Bytes of the whole header, where room was left for it; a multiple of 64. @default as few as it takes */
  readonly bytes?: number;
}

/**
 * The head of an .npy file alone (version 1.0), for writing values after it.
 * @throws OptionError where the shape is none
 */
export function encodeNpyHeader(
  dtype: ElementType,
  shape: readonly number[],
  { bigEndian = false, fortranOrder = false, bytes = 0 }: NpyHeaderOptions = {},
): Uint8Array {
  if (shape.length > 32 || !shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0))
    throw new OptionError('shape', shape, 'at most 32 dimensions, whole numbers of at least 0');
  const order = ELEMENT_BYTES[dtype] === 1 ? '|' : bigEndian ? '>' : '<';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const isFortran = fortranOrder ? 'True' : 'False';
  const text = `{'descr': '${order}${TYPES[dtype]}', 'fortran_order': ${isFortran}, 'shape': ${tuple}, }`;
  // As NumPy does: values begin at a multiple of 64 bytes.
  const length = Math.max(bytes, 64 * Math.ceil((10 + text.length + 1) / 64)) - 10;
  const header = new TextEncoder().encode(`\u0000NUMPY\u0001\u0000\u0000\u0000${text.padEnd(length - 1)}\n`);
  header[0] = 0x93;
  new DataView(header.buffer).setUint16(8, length, true);
  return header;
}
