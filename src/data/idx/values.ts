import { IDX_DTYPES, type IdxDtype } from './dtype.js';

/** Values of one IDX file in the machine's own byte order, an array type for each element type. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/**
 * Values from the big-endian bytes of a payload, or of some of its items. `uint8` and `int8` are views of `payload`.
 * @param payload a whole number of values
 *
 * @example
 * const values = decodeIdxValues(Uint8Array.of(0, 0, 1, 0), 'int32');
 * console.log(values); // Int32Array(1) [ 256 ]
 */
export function decodeIdxValues(payload: Uint8Array, dtype: IdxDtype): IdxValues {
  const { buffer, byteOffset, byteLength } = payload;
  const view = new DataView(buffer, byteOffset, byteLength);
  const length = byteLength / IDX_DTYPES[dtype].bytes;
  switch (dtype) {
    case 'uint8':
      return payload;
    case 'int8':
      return new Int8Array(buffer, byteOffset, byteLength);
    case 'int16':
      return fill(new Int16Array(length), (index) => view.getInt16(index * 2));
    case 'int32':
      return fill(new Int32Array(length), (index) => view.getInt32(index * 4));
    case 'float32':
      return fill(new Float32Array(length), (index) => view.getFloat32(index * 4));
    case 'float64':
      return fill(new Float64Array(length), (index) => view.getFloat64(index * 8));
  }
}

function fill<Values extends IdxValues>(values: Values, valueAt: (index: number) => number): Values {
  for (let index = 0; index < values.length; index += 1) values[index] = valueAt(index);
  return values;
}
