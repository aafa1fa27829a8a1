// The rows of a Parquet file, some at a time.
import * as zlib from 'node:zlib';
import { DataError } from '../../../errors.js';
import { fail } from '../../node/files/openFile.js';
import { imageColumns, type SchemaElement } from '../columns.js';
import { ParquetFile } from './parquetFile.js';

export interface ParquetRow {
  /** An encoded image. */
  readonly bytes: Uint8Array;
  readonly label: number | undefined;
}

/** What is used of hyparquet, which is optional. */
interface Hyparquet {
  parquetMetadataAsync(file: ParquetFile): Promise<Metadata>;
  parquetReadObjects(options: object): Promise<Record<string, unknown>[]>;
}

interface Metadata {
  readonly schema: readonly SchemaElement[];
  readonly num_rows: bigint;
  readonly row_groups: readonly { readonly num_rows: bigint; readonly total_byte_size: bigint }[];
}

/** Its type is unknown to the compiler: nothing may depend on whether it is installed. */
const PACKAGE: string = 'hyparquet';

/** Rows read at a time. */
const ROWS = 1000;

/** Bytes that the columns of one group of rows may promise. */
const LARGEST_GROUP = 2 ** 30;

/**
 * @param load @default imports hyparquet
 * @throws DataError `PARQUET_UNAVAILABLE`, `PARQUET_DAMAGED`, `PARQUET_COLUMNS`, `DATA_TOO_LARGE`, `DATA_UNREADABLE`
 */
export async function* parquetRows(
  path: string,
  signal?: AbortSignal,
  load: () => Promise<Hyparquet> = () => import(PACKAGE),
): AsyncGenerator<ParquetRow, void> {
  const hyparquet = await load().catch((cause: unknown) => {
    throw unavailable(path, cause);
  });
  const file = await ParquetFile.open(path, signal);
  try {
    yield* rowsOf(hyparquet, file, path);
  } catch (error) {
    signal?.throwIfAborted();
    throw asDamaged(error, path);
  } finally {
    await file.close();
  }
}

async function* rowsOf(hyparquet: Hyparquet, file: ParquetFile, path: string): AsyncGenerator<ParquetRow, void> {
  const metadata = await file.attempt(hyparquet.parquetMetadataAsync(file));
  const columns = imageColumns(metadata.schema);
  if (columns === undefined) throw noImages(path, metadata);
  const { image, label } = columns;
  for (const { total_byte_size } of metadata.row_groups)
    if (Number(total_byte_size) > LARGEST_GROUP) throw tooLarge(path, total_byte_size);
  const items = Number(metadata.num_rows);
  for (let from = 0; from < items; from += ROWS) {
    const reading = hyparquet.parquetReadObjects({
      file,
      metadata,
      columns: label === undefined ? [image] : [image, label],
      rowStart: from,
      rowEnd: Math.min(items, from + ROWS),
      // Otherwise bytes become text.
      utf8: false,
      compressors: COMPRESSORS,
    });
    const rows = await file.attempt(reading);
    if (rows.length !== Math.min(ROWS, items - from)) throw new Error(`${from + rows.length} of ${items} rows`);
    for (const [at, row] of rows.entries()) yield rowOf(row, image, label, path, from + at);
  }
}

/** Of those that hyparquet leaves to others. */
const COMPRESSORS = {
  GZIP: (bytes: Uint8Array, length: number) => zlib.gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes: Uint8Array, length: number) =>
    zlib.brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
};

function rowOf(
  row: Record<string, unknown>,
  image: string,
  label: string | undefined,
  path: string,
  index: number,
): ParquetRow {
  const value = row[image];
  const bytes = value instanceof Uint8Array ? value : Object(value).bytes;
  if (!(bytes instanceof Uint8Array)) throw noBytes(path, index);
  const number = label === undefined ? Number.NaN : Number(row[label]);
  return { bytes, label: Number.isInteger(number) && number >= 0 && number <= 255 ? number : undefined };
}

function asDamaged(error: unknown, path: string): unknown {
  if (error instanceof DataError) return error;
  if (error instanceof Error && 'syscall' in error) return fail(path)(error);
  const [, codec] = /unsupported compression codec: (\w{1,20})/.exec((error as Error).message) ?? [];
  if (codec !== undefined)
    return new DataError({
      code: 'PARQUET_COLUMNS',
      path,
      expected: 'pages compressed by snappy, gzip or brotli, or not at all',
      actual: codec,
      advice: "pq.write_table(pq.read_table('in.parquet'), 'out.parquet') writes it anew, in Python.",
      cause: error,
    });
  return new DataError({
    code: 'PARQUET_DAMAGED',
    path,
    expected: 'a whole Parquet file',
    actual: (error as Error).message.slice(0, 200),
    advice: 'The file is damaged, or a partial download: fetch it again.',
    cause: error,
  });
}

function unavailable(path: string, cause: unknown): DataError {
  return new DataError({
    code: 'PARQUET_UNAVAILABLE',
    path,
    problem: 'a Parquet file is read with the package hyparquet, which is not installed',
    advice: 'Install it with npm install hyparquet.',
    cause,
  });
}

function noImages(path: string, { schema }: Metadata): DataError {
  const names = schema.slice(1, 9).map(({ name }) => name);
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

function tooLarge(path: string, bytes: bigint): DataError {
  return new DataError({
    code: 'DATA_TOO_LARGE',
    path,
    expected: `groups of rows of at most ${LARGEST_GROUP} bytes`,
    actual: String(bytes),
    advice: "pq.write_table(table, 'out.parquet', row_group_size=1000) makes smaller ones, in Python.",
  });
}
