import { OptionError } from '../../errors.js';
import { IDX_DTYPES, type IdxDtype } from './dtype.js';
import type { IdxValues } from './values.js';

/**
 * A whole IDX file. The array's type decides the element type: `Uint8Array` → `uint8` … `Float64Array` → `float64`.
 * @param shape 1 to 255 dimensions of 1 to 2^32 − 1; the first counts items
 * @param values as many as the dimensions' product, row-major
 * @throws OptionError where shape and values do not fit together or into the format
 *
 * @example
 * const file = encodeIdx([2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
 * console.log(parseIdxHeader(file, 'two.idx').shape); // [ 2, 3 ]
 */
export function encodeIdx(shape: readonly number[], values: IdxValues): Uint8Array {
  const length = shape.reduce((product, dimension) => product * dimension, 1);
  if (values.length !== length)
    throw new OptionError('values', values.length, `${length} of them for the shape ${shape.join('×')}`);
  const dtype = dtypeOfValues(values);
  const header = encodeIdxHeader(dtype, shape);
  const file = new Uint8Array(header.length + values.byteLength);
  file.set(header);
  writeBigEndian(values, dtype, new DataView(file.buffer, header.length));
  return file;
}

/**
 * The head of an IDX file alone, for writing items one by one after it.
 * @throws OptionError where the format cannot hold the shape
 */
export function encodeIdxHeader(dtype: IdxDtype, shape: readonly number[]): Uint8Array {
  if (shape.length < 1 || shape.length > 255) throw new OptionError('shape', shape.length, '1 to 255 dimensions');
  const header = new Uint8Array(4 + 4 * shape.length);
  header.set([0, 0, IDX_DTYPES[dtype].code, shape.length]);
  const view = new DataView(header.buffer);
  for (const [axis, dimension] of shape.entries()) {
    if (!Number.isInteger(dimension) || dimension < 1 || dimension > 0xffffffff)
      throw new OptionError('shape', dimension, 'dimensions that are whole numbers from 1 to 4294967295');
    view.setUint32(4 + 4 * axis, dimension);
  }
  return header;
}

function dtypeOfValues(values: IdxValues): IdxDtype {
  if (values instanceof Uint8Array) return 'uint8';
  if (values instanceof Int8Array) return 'int8';
  if (values instanceof Int16Array) return 'int16';
  if (values instanceof Int32Array) return 'int32';
  return values instanceof Float32Array ? 'float32' : 'float64';
}

function writeBigEndian(values: IdxValues, dtype: IdxDtype, view: DataView): void {
  const { bytes } = IDX_DTYPES[dtype];
  const write: (offset: number, value: number) => void = {
    uint8: view.setUint8,
    int8: view.setInt8,
    int16: view.setInt16,
    int32: view.setInt32,
    float32: view.setFloat32,
    float64: view.setFloat64,
  }[dtype].bind(view);
  for (const [index, value] of values.entries()) write(index * bytes, value);
}
