// From the bytes of an .npy file to an array that can be opened.
import { NpyError } from '../../../errors.js';
import { type ArrayHeader, promisedBytes } from '../../array/arrayHeader.js';
import type { ArraySource } from '../../array/node/openArray.js';
import type { FileInput } from '../../dataFormat.js';
import { headerBytesOf, PREFIX_BYTES, parseNpyHeader } from '../header.js';
import { trailing, truncated } from '../payload.js';

/** Bytes that begin as an .npy file does. */
export type NpyBytes = Pick<FileInput, 'path' | 'start' | 'bytes'>;

export interface NpyPlace {
  /** Which array of an archive it is. @default the file is one */
  readonly member?: string;
  /** How long it is. @default it is not known before its end */
  readonly size?: number;
  /** Where it begins in the file at `path`, of one that lies there uncompressed. @default it can be streamed only */
  readonly offset?: number;
}

/**
 * Reads the header, and compares what it promises with the size where that is known.
 * @throws NpyError `NPY_HEADER`, `NPY_UNSUITABLE`, `NPY_TRUNCATED`, `NPY_TRAILING`
 */
export async function npySource(file: NpyBytes, { member, size, offset }: NpyPlace = {}): Promise<ArraySource> {
  // The archive is what errors name where bytes are looked for, the array in it where its values are.
  const { path } = file;
  const named = member === undefined ? path : `${path}: ${member}`;
  const header = await readNpyHeader(file, named);
  if (size !== undefined) requireSize(header, named, size - header.headerBytes);
  return {
    path,
    header,
    ...(member !== undefined && { member }),
    ...(offset !== undefined && { offset: offset + header.headerBytes }),
    payload: () => checkedPayload(file, header, named),
    truncated: (arrived) => truncated(header, named, arrived),
    unsuitable: (what) => new NpyError({ code: 'NPY_UNSUITABLE', path: named, offset: 0, expected: IMAGES, ...what }),
  };
}

const IMAGES = 'images: uint8, or float32 of 0..1 or 0..255, of the shape (n, h, w), (n, h, w, c) or (n, c, h, w)';

async function readNpyHeader(file: NpyBytes, named: string): Promise<ArrayHeader> {
  const start = await file.start(PREFIX_BYTES);
  return parseNpyHeader(await file.start(headerBytesOf(start, named)), named);
}

function requireSize(header: ArrayHeader, named: string, arrived: number): void {
  const promised = promisedBytes(header);
  if (arrived < promised) throw truncated(header, named, arrived);
  if (arrived > promised) throw trailing(header, named);
}

async function* checkedPayload(file: NpyBytes, header: ArrayHeader, named: string): AsyncGenerator<Uint8Array, void> {
  const promised = promisedBytes(header);
  let skipped = 0;
  let arrived = 0;
  for await (const chunk of file.bytes()) {
    const values = chunk.subarray(header.headerBytes - skipped);
    skipped = Math.min(header.headerBytes, skipped + chunk.length);
    arrived += values.length;
    if (arrived > promised) throw trailing(header, named);
    if (values.length > 0) yield values;
  }
  if (arrived < promised) throw truncated(header, named, arrived);
}
