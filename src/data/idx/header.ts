// The head of an IDX file: two zero bytes, the element type, the rank, then each dimension as a big-endian uint32.

import { IdxError } from '../../errors.js';
import { foreignBytes } from '../foreignBytes.js';
import { formatShape } from '../formatShape.js';
import { dtypeOf, IDX_DTYPES, type IdxDtype } from './dtype.js';

/** What the head of an IDX file says. The first dimension counts items, the others are the shape of one. */
export interface IdxHeader {
  readonly dtype: IdxDtype;
  /** All dimensions, at least one, each at least 1. */
  readonly shape: readonly number[];
  /** `shape[0]`. */
  readonly itemCount: number;
  /** Bytes of one item. */
  readonly itemBytes: number;
  /** Where the first item begins: `4 + 4 × rank`. */
  readonly headerBytes: number;
}

/** Zeros, element type and rank. */
export const MAGIC_BYTES = 4;
const DIMENSION_BYTES = 4;

/** The longest header: rank 255. */
export const LONGEST_HEADER = MAGIC_BYTES + 255 * DIMENSION_BYTES;

/** Whether bytes begin as IDX does, with two zeros; also where no more of them is there, or what follows is damaged. */
export function isIdx(start: Uint8Array): boolean {
  return start.length > 0 && start.subarray(0, 2).every((byte) => byte === 0);
}

/** Whether bytes begin with an IDX header that promises just as many as there are. @param size bytes of the whole file */
export function isIdxOfSize(start: Uint8Array, size: number): boolean {
  try {
    const header = parseIdxHeader(start, '');
    return header.headerBytes + payloadBytes(header) === size;
  } catch {
    return false;
  }
}

/** Bytes after the header, as it promises them. */
export function payloadBytes({ itemCount, itemBytes }: IdxHeader): number {
  return itemCount * itemBytes;
}

/**
 * Length of the header that begins with `start`; 4 while the rank has not arrived.
 * @throws IdxError `IDX_MAGIC`, `IDX_TYPE`, `IDX_RANK`
 */
export function headerBytesOf(start: Uint8Array, path: string): number {
  const magic = start.subarray(0, 2);
  if (magic.some((byte) => byte !== 0)) {
    const foreign = foreignBytes(start);
    throw new IdxError({
      code: 'IDX_MAGIC',
      path,
      offset: magic[0] === 0 ? 1 : 0,
      expected: 'an IDX file, which begins with two zero bytes',
      actual: foreign?.what ?? [...magic].map(hexadecimal).join(' '),
      advice: foreign?.advice ?? 'Give a file in the format of MNIST, raw or compressed with gzip.',
    });
  }
  const [, , code, rank] = start;
  if (code !== undefined && dtypeOf(code) === undefined)
    throw new IdxError({
      code: 'IDX_TYPE',
      path,
      offset: 2,
      expected: `an element type of IDX (${Object.values(IDX_DTYPES)
        .map((dtype) => hexadecimal(dtype.code))
        .join(', ')})`,
      actual: hexadecimal(code),
      advice: 'The file is damaged or no IDX file; fetch it again.',
    });
  if (rank === undefined) return MAGIC_BYTES;
  if (rank === 0)
    throw new IdxError({
      code: 'IDX_RANK',
      path,
      offset: 3,
      expected: 'at least one dimension',
      actual: 'rank 0',
      advice: 'The file is damaged or no IDX file; fetch it again.',
    });
  return MAGIC_BYTES + rank * DIMENSION_BYTES;
}

/**
 * Reads a header from the first bytes of a file; bytes after it do not matter.
 * @throws IdxError `IDX_MAGIC`, `IDX_TYPE`, `IDX_RANK`, `IDX_HEADER_TRUNCATED`, `IDX_DIMENSION`, `IDX_TOO_LARGE`
 *
 * @example
 * const { itemCount, itemBytes, headerBytes } = parseIdxHeader(encodeIdx([5, 28, 28], new Uint8Array(5 * 784)), 'five.idx');
 * console.log(itemCount, itemBytes, headerBytes); // 5 784 16
 */
export function parseIdxHeader(start: Uint8Array, path: string): IdxHeader {
  const headerBytes = headerBytesOf(start, path);
  if (start.length < headerBytes || start.length < MAGIC_BYTES)
    throw new IdxError({
      code: 'IDX_HEADER_TRUNCATED',
      path,
      offset: start.length,
      expected: start.length < MAGIC_BYTES ? 'an IDX header' : `a header of ${headerBytes} bytes`,
      actual: start.length === 0 ? 'an empty file' : `only ${start.length} ${start.length === 1 ? 'byte' : 'bytes'}`,
      advice: 'The file is probably a partial download; fetch it again.',
    });
  const dtype = dtypeOf(start[2]!)!;
  const shape = dimensions(start.subarray(MAGIC_BYTES, headerBytes), path);
  const size = shape.reduce((product, dimension) => product * dimension, IDX_DTYPES[dtype].bytes);
  if (headerBytes + size > Number.MAX_SAFE_INTEGER)
    throw new IdxError({
      code: 'IDX_TOO_LARGE',
      path,
      offset: MAGIC_BYTES,
      expected: 'less than 2^53 bytes',
      actual: `${formatShape(shape)} ${dtype}`,
      advice: 'No disk holds that much: the header is damaged. Fetch the file again.',
    });
  const itemCount = shape[0]!;
  return { dtype, shape, itemCount, itemBytes: size / itemCount, headerBytes };
}

function dimensions(bytes: Uint8Array, path: string): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / DIMENSION_BYTES }, (_, axis) => {
    const dimension = view.getUint32(axis * DIMENSION_BYTES);
    if (dimension === 0)
      throw new IdxError({
        code: 'IDX_DIMENSION',
        path,
        offset: MAGIC_BYTES + axis * DIMENSION_BYTES,
        expected: 'dimensions of at least 1',
        actual: `dimension ${axis + 1} of ${bytes.length / DIMENSION_BYTES} is 0`,
        advice: 'The file holds no data or is damaged; fetch it again.',
      });
    return dimension;
  });
}

function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}
