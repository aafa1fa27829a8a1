// The values of a column, page by page. @see https://parquet.apache.org/docs/file-format/data-pages/
import { hybridRuns } from './hybridRuns.js';
import { count, type SchemaNode, struct } from './metadata.js';
import { ThriftReader, type ThriftStruct } from './thrift.js';

/** Bytes of an image, a number, or nothing where it is absent. */
export type ColumnValue = Uint8Array | number | undefined;

/** @param length what the bytes come to; the result has to have it */
export type Decompress = (bytes: Uint8Array, length: number) => Uint8Array;

const [DATA_PAGE, DICTIONARY_PAGE, DATA_PAGE_V2] = [0, 2, 3];
const ENCODINGS = [
  'PLAIN',
  'GROUP_VAR_INT',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
];

/** An encoding that is not read here. */
export class UnknownEncoding extends Error {}

/**
 * The pages of a column that has one value a row. Memory is taken for a page at a time, and for no more values than rows are left.
 * @param bytes all pages of a group of rows
 * @throws UnknownEncoding; Error for what is damaged; what `decompress` throws
 */
export function* columnPages(
  bytes: Uint8Array,
  column: SchemaNode,
  rows: number,
  decompress: Decompress,
): Generator<readonly ColumnValue[], void> {
  let dictionary: readonly ColumnValue[] = [];
  let left = rows;
  for (let at = 0; left > 0; ) {
    const reader = new ThriftReader(bytes, at);
    const header = reader.struct();
    const packed = count(header.get(3));
    const content = bytes.subarray(reader.at, reader.at + packed);
    if (content.length !== packed) throw new Error('a page that ends too early');
    at = reader.at + packed;
    const page: Page = { header, content, column, decompress, left };
    const type = header.get(1);
    if (type === DICTIONARY_PAGE) {
      const values = count(struct(header.get(7)).get(1));
      dictionary = plainValues(decompress(content, count(header.get(2))), column, values);
    } else if (type === DATA_PAGE || type === DATA_PAGE_V2) {
      const values = (type === DATA_PAGE ? firstVersion : secondVersion)(page, dictionary);
      left -= values.length;
      yield values;
    }
  }
}

interface Page {
  readonly header: ThriftStruct;
  readonly content: Uint8Array;
  readonly column: SchemaNode;
  readonly decompress: Decompress;
  /** Rows that have no value yet. */
  readonly left: number;
}

function firstVersion({ header, content, column, decompress, left }: Page, dictionary: readonly ColumnValue[]) {
  const fields = struct(header.get(5));
  const values = valuesOf(fields.get(1), left);
  const page = decompress(content, count(header.get(2)));
  if (column.optional === 0) return decoded(page, count(fields.get(2)), column, dictionary, values);
  const length = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(0, true);
  if (4 + length > page.length) throw new Error('levels that end too early');
  const isThere = presence(page.subarray(4, 4 + length), column, values);
  return spread(isThere, (present) =>
    decoded(page.subarray(4 + length), count(fields.get(2)), column, dictionary, present),
  );
}

/** Levels stand before what is compressed. */
function secondVersion({ header, content, column, decompress, left }: Page, dictionary: readonly ColumnValue[]) {
  const fields = struct(header.get(8));
  const values = valuesOf(fields.get(1), left);
  const start = count(fields.get(6));
  const end = start + count(fields.get(5));
  const whole = count(header.get(2)) - end;
  if (end > content.length || whole < 0) throw new Error('levels that end too early');
  const packed = content.subarray(end);
  const page = fields.get(7) === false || whole === 0 ? packed : decompress(packed, whole);
  const isThere =
    column.optional === 0
      ? new Array<boolean>(values).fill(true)
      : presence(content.subarray(start, end), column, values);
  return spread(isThere, (present) => decoded(page, count(fields.get(4)), column, dictionary, present));
}

function valuesOf(value: Parameters<typeof count>[0], left: number): number {
  const values = count(value);
  if (values > left) throw new Error(`a page of ${values} values for ${left} rows`);
  return values;
}

/** By row, whether it has a value. */
function presence(levels: Uint8Array, { optional }: SchemaNode, values: number): boolean[] {
  return Array.from(hybridRuns(levels, bitsOf(optional), values), (level) => level === optional);
}

function spread(
  isThere: readonly boolean[],
  read: (present: number) => readonly ColumnValue[],
): readonly ColumnValue[] {
  const present = read(isThere.reduce((sum, is) => sum + (is ? 1 : 0), 0));
  let at = 0;
  return isThere.map((is) => (is ? present[at++] : undefined));
}

function decoded(
  bytes: Uint8Array,
  encoding: number,
  column: SchemaNode,
  dictionary: readonly ColumnValue[],
  values: number,
): readonly ColumnValue[] {
  const name = ENCODINGS[encoding];
  if (name === 'PLAIN') return plainValues(bytes, column, values);
  if (name !== 'PLAIN_DICTIONARY' && name !== 'RLE_DICTIONARY') throw new UnknownEncoding(name ?? `number ${encoding}`);
  if (values === 0) return [];
  return Array.from(hybridRuns(bytes.subarray(1), bytes[0] ?? 0, values), (place) => {
    if (place < 0 || place >= dictionary.length) throw new Error('a value that its dictionary does not have');
    return dictionary[place];
  });
}

function plainValues(bytes: Uint8Array, { type }: SchemaNode, values: number): ColumnValue[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const result: ColumnValue[] = [];
  for (let at = 0; result.length < values; )
    if (type === 'INT32') {
      result.push(view.getInt32(at, true));
      at += 4;
    } else if (type === 'INT64') {
      result.push(Number(view.getBigInt64(at, true)));
      at += 8;
    } else {
      const end = at + 4 + view.getUint32(at, true);
      if (end > bytes.length) throw new Error('a value that ends too early');
      result.push(bytes.subarray(at + 4, end));
      at = end;
    }
  return result;
}

function bitsOf(largest: number): number {
  return 32 - Math.clz32(largest);
}
