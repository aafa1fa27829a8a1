// The rows of a Parquet file, a page at a time. What a file says of itself is compared with what it has before memory is taken for it.
import type { FileHandle } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { DataError } from '../../../errors.js';
import { fail, openForReading } from '../../node/files/openFile.js';
import { type ColumnValue, columnPages, type Decompress, UnknownEncoding } from '../columnPages.js';
import { type ImageColumns, imageColumns } from '../columns.js';
import {
  type ColumnChunk,
  type ParquetMetadata,
  parquetMetadata,
  type RowGroup,
  type SchemaNode,
} from '../metadata.js';
import { undoSnappy } from '../snappy.js';

export interface ParquetRow {
  /** An encoded image. */
  readonly bytes: Uint8Array;
  readonly label: number | undefined;
}

/** Bytes that a column's part of a group of rows, or one page unpacked, may have. */
const LARGEST_GROUP = 2 ** 30;
/** What Arrow writes at most where nothing is said. */
const MOST_ROWS = 2 ** 20;
/** A file ends with the length of its metadata and `PAR1`. */
const END_BYTES = 8;

/** @throws DataError `PARQUET_DAMAGED`, `PARQUET_COLUMNS`, `DATA_TOO_LARGE`, `DATA_UNREADABLE`; the signal's reason on abort */
export async function* parquetRows(path: string, signal?: AbortSignal): AsyncGenerator<ParquetRow, void> {
  const file = await openForReading(path);
  try {
    yield* rowsOf(file, path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw asDamaged(error, path);
  } finally {
    await file.close();
  }
}

async function* rowsOf(file: FileHandle, path: string, signal?: AbortSignal): AsyncGenerator<ParquetRow, void> {
  const { size } = await file.stat();
  const metadata = await readMetadata(file, size);
  const columns = imageColumns(metadata.columns);
  if (columns === undefined) throw noImages(path, metadata);
  const rows = metadata.rowGroups.reduce((sum, group) => sum + group.rows, 0);
  // Each is an image.
  if (rows > size) throw new Error(`${rows} rows in ${size} bytes`);
  let first = 0;
  for (const group of metadata.rowGroups) {
    yield* rowsOfGroup(file, size, group, columns, path, first, signal);
    first += group.rows;
  }
}

async function* rowsOfGroup(
  file: FileHandle,
  size: number,
  group: RowGroup,
  { image, label }: ImageColumns,
  path: string,
  first: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ParquetRow, void> {
  if (group.rows > MOST_ROWS) throw tooLarge(path, `${MOST_ROWS} rows`, group.rows);
  const pagesOf = async (column: SchemaNode) => {
    const chunk = chunkOf(group, column);
    if (chunk.bytes > LARGEST_GROUP) throw tooLarge(path, `${LARGEST_GROUP} bytes`, chunk.bytes);
    if (chunk.offset + chunk.bytes > size) throw new Error('a column that lies behind the end');
    signal?.throwIfAborted();
    const bytes = await readBytes(file, chunk.offset, chunk.bytes);
    return columnPages(bytes, column, group.rows, decompressorOf(chunk.codec, path));
  };
  const labels = label === undefined ? [] : [...(await pagesOf(label))].flat();
  let row = 0;
  for (const page of await pagesOf(image)) {
    signal?.throwIfAborted();
    for (const bytes of page) {
      if (!(bytes instanceof Uint8Array)) throw noBytes(path, first + row);
      yield { bytes, label: asLabel(labels[row]) };
      row += 1;
    }
  }
}

function chunkOf(group: RowGroup, { path }: SchemaNode): ColumnChunk {
  const name = path.join('.');
  const chunk = group.chunks.find((one) => one.path === name);
  if (chunk === undefined) throw new Error('a group of rows without its images or labels');
  return chunk;
}

function asLabel(value: ColumnValue): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 255 ? value : undefined;
}

async function readMetadata(file: FileHandle, size: number): Promise<ParquetMetadata> {
  const end = Buffer.from(await readBytes(file, Math.max(0, size - END_BYTES), Math.min(size, END_BYTES)));
  if (end.length < END_BYTES || end.toString('latin1', 4) !== 'PAR1') throw new Error('a file without its end');
  const length = end.readUInt32LE(0);
  if (length > size - END_BYTES) throw new Error(`${length} bytes of metadata in a file of ${size}`);
  return parquetMetadata(await readBytes(file, size - END_BYTES - length, length));
}

/** What is there: the caller has compared it with the file's size. */
async function readBytes(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new Error('the end of the file');
    filled += bytesRead;
  }
  return bytes;
}

const DECOMPRESSORS: Readonly<Record<string, Decompress>> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: undoSnappy,
  GZIP: (bytes, length) => zlib.gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes, length) => zlib.brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
};

function decompressorOf(codec: string, path: string): Decompress {
  const decompress = DECOMPRESSORS[codec];
  if (decompress === undefined)
    throw writtenOtherwise(path, 'pages compressed by snappy, gzip or brotli, or not at all', codec);
  return (bytes, length) => {
    if (length > LARGEST_GROUP) throw tooLarge(path, `${LARGEST_GROUP} bytes`, length);
    const page = decompress(bytes, length);
    if (page.length !== length) throw new Error(`a page of ${page.length} bytes that promises ${length}`);
    return page;
  };
}

function asDamaged(error: unknown, path: string): unknown {
  if (error instanceof DataError || !(error instanceof Error)) return error;
  if ('syscall' in error) return fail(path)(error);
  if (error instanceof UnknownEncoding)
    return writtenOtherwise(path, 'values as they are, or in a dictionary', error.message);
  return new DataError({
    code: 'PARQUET_DAMAGED',
    path,
    expected: 'a whole Parquet file',
    actual: error.message.slice(0, 200),
    advice: 'The file is damaged, or a partial download: fetch it again.',
    cause: error,
  });
}

function writtenOtherwise(path: string, expected: string, actual: string): DataError {
  return new DataError({
    code: 'PARQUET_COLUMNS',
    path,
    expected,
    actual,
    advice: "pq.write_table(pq.read_table('in.parquet'), 'out.parquet') writes it anew, in Python.",
  });
}

function noImages(path: string, { columns }: ParquetMetadata): DataError {
  const names = columns.slice(0, 8).map(({ name }) => name);
  return new DataError({
    code: 'PARQUET_COLUMNS',
    path,
    expected: 'a column of encoded images, such as image with bytes and path',
    actual: names.length === 0 ? 'no column' : names.join(', '),
    advice: 'Give a data set of images, as Hugging Face has them.',
  });
}

function noBytes(path: string, index: number): DataError {
  return new DataError({
    code: 'PARQUET_COLUMNS',
    path,
    problem: `row ${index}`,
    expected: 'the bytes of an image',
    actual: 'none',
    advice: 'Embed the images in the file: datasets does with embed_storage, or when it uploads.',
  });
}

function tooLarge(path: string, most: string, actual: number): DataError {
  return new DataError({
    code: 'DATA_TOO_LARGE',
    path,
    expected: `groups of rows of at most ${most}`,
    actual: String(actual),
    advice: "pq.write_table(table, 'out.parquet', row_group_size=1000) makes smaller ones, in Python.",
  });
}
