// The six element types of IDX, as the third byte of a file names them.

/** NumPy's names of the six element types. */
export type IdxDtype = 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';

interface DtypeFormat {
  /** The file's third byte. */
  readonly code: number;
  /** Bytes of one value. */
  readonly bytes: number;
}

/** @see http://yann.lecun.com/exdb/mnist/, "The IDX file format" */
export const IDX_DTYPES: Readonly<Record<IdxDtype, DtypeFormat>> = {
  uint8: { code: 0x08, bytes: 1 },
  int8: { code: 0x09, bytes: 1 },
  int16: { code: 0x0b, bytes: 2 },
  int32: { code: 0x0c, bytes: 4 },
  float32: { code: 0x0d, bytes: 4 },
  float64: { code: 0x0e, bytes: 8 },
};

/** The element type of that code, `undefined` where there is none. */
export function dtypeOf(code: number): IdxDtype | undefined {
  return (Object.keys(IDX_DTYPES) as IdxDtype[]).find((dtype) => IDX_DTYPES[dtype].code === code);
}
