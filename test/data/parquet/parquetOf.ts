// Parquet files of one column of images and one page, which may promise whatever they like.

/** Fields of a struct by their numbers: a number is a varint of 64 bits. */
interface Fields {
  readonly [field: number]: number | string | Fields | readonly (number | string | Fields)[];
}

export interface Promises {
  /** Rows of the only group. @default 1 */
  readonly rows?: number;
  /** Values of the page. @default as rows */
  readonly values?: number;
  /** Bytes that the page unpacks to. @default those that it has */
  readonly unpacked?: number;
  /** 0 is none, 1 is snappy. @default 0 */
  readonly codec?: number;
  /** Whether values may be absent, so that levels stand before them. @default false */
  readonly isOptional?: boolean;
}

/** @param page bytes of the page behind its header */
export function parquetOf(
  page: Uint8Array,
  { rows = 1, values = rows, unpacked = page.length, codec = 0, isOptional = false }: Promises = {},
): Buffer {
  const header = struct({ 1: 0, 2: unpacked, 3: page.length, 5: { 1: values, 2: 0, 3: 3, 4: 3 } });
  const chunk = Buffer.concat([header, page]);
  const column = { 1: 6, 2: [0], 3: ['image'], 4: codec, 5: rows, 6: chunk.length, 7: chunk.length, 9: 4 };
  const metadata = struct({
    1: 2,
    2: [
      { 4: 'schema', 5: 1 },
      { 1: 6, 3: isOptional ? 1 : 0, 4: 'image' },
    ],
    3: rows,
    4: [{ 1: [{ 2: 4, 3: column }], 2: chunk.length, 3: rows }],
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([Buffer.from('PAR1'), chunk, metadata, length, Buffer.from('PAR1')]);
}

/** A run of one level, or of one place in a dictionary. */
export function run(value: number, length: number): Buffer {
  return Buffer.concat([varint(2 * length), Buffer.of(value)]);
}

function struct(fields: Fields): Buffer {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const [name, value] of Object.entries(fields)) {
    parts.push(Buffer.of((Number(name) - last) * 16 + typeOf(value)), encoded(value));
    last = Number(name);
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function encoded(value: Fields[number]): Uint8Array {
  if (typeof value === 'number') return varint(2 * value);
  if (typeof value === 'string') return Buffer.concat([varint(value.length), Buffer.from(value)]);
  if (Array.isArray(value))
    return Buffer.concat([Buffer.of(value.length * 16 + typeOf(value[0]!)), ...value.map(encoded)]);
  return struct(value as Fields);
}

function typeOf(value: Fields[number]): number {
  if (typeof value === 'number') return 6;
  if (typeof value === 'string') return 8;
  return Array.isArray(value) ? 9 : 12;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.of(...bytes, left);
    bytes.push((left % 128) + 128);
  }
}
