// The types of numbers that arrays are made of, under NumPy's names.

export const ELEMENT_BYTES = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
} as const;

export type ElementType = keyof typeof ELEMENT_BYTES;

/**
 * Reads values out of bytes, by their place; integers of 64 bits are rounded to the nearest double.
 * @param bytes a whole number of values
 */
export function elementReader(bytes: Uint8Array, type: ElementType, bigEndian: boolean): (place: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !bigEndian;
  switch (type) {
    case 'bool':
    case 'uint8':
      return (place) => bytes[place]!;
    case 'int8':
      return (place) => view.getInt8(place);
    case 'int16':
      return (place) => view.getInt16(2 * place, little);
    case 'uint16':
      return (place) => view.getUint16(2 * place, little);
    case 'int32':
      return (place) => view.getInt32(4 * place, little);
    case 'uint32':
      return (place) => view.getUint32(4 * place, little);
    case 'int64':
      return (place) => Number(view.getBigInt64(8 * place, little));
    case 'uint64':
      return (place) => Number(view.getBigUint64(8 * place, little));
    case 'float32':
      return (place) => view.getFloat32(4 * place, little);
    case 'float64':
      return (place) => view.getFloat64(8 * place, little);
  }
}
