// What the end of a Parquet file says of it. @see https://parquet.apache.org/docs/file-format/metadata/
import { ThriftReader, type ThriftStruct, type ThriftValue } from './thrift.js';

/** A column, or a group of them. */
export interface SchemaNode {
  readonly name: string;
  /** Names from the top to here. */
  readonly path: readonly string[];
  /** Of values; groups have none. */
  readonly type?: PhysicalType;
  /** How many of the names stand for what may be absent. */
  readonly optional: number;
  /** Whether one of them stands for a list. */
  readonly isRepeated: boolean;
  readonly children: readonly SchemaNode[];
}

export type PhysicalType = (typeof TYPES)[number];

const TYPES = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'] as const;
const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;
const [OPTIONAL, REPEATED] = [1, 2];

export interface ParquetMetadata {
  readonly columns: readonly SchemaNode[];
  readonly rowGroups: readonly RowGroup[];
}

export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** The values of one column in a group of rows. */
export interface ColumnChunk {
  /** Names, joined by dots. */
  readonly path: string;
  readonly codec: string;
  /** Of its first page. */
  readonly offset: number;
  /** In the file. */
  readonly bytes: number;
}

/** @throws Error for what is no metadata */
export function parquetMetadata(bytes: Uint8Array): ParquetMetadata {
  const fields = new ThriftReader(bytes).struct();
  return {
    columns: schemaOf(structs(fields.get(2))),
    rowGroups: structs(fields.get(4)).map((group) => ({
      rows: count(group.get(3)),
      chunks: structs(group.get(1)).map((chunk) => chunkOf(struct(chunk.get(3)))),
    })),
  };
}

function chunkOf(fields: ThriftStruct): ColumnChunk {
  const data = count(fields.get(9));
  const dictionary = fields.has(11) ? count(fields.get(11)) : 0;
  return {
    path: list(fields.get(3)).map(text).join('.'),
    codec: CODECS[count(fields.get(4))] ?? 'unknown',
    // Some write 0 where there is no dictionary.
    offset: dictionary > 0 && dictionary < data ? dictionary : data,
    bytes: count(fields.get(7)),
  };
}

/** The schema is a list: each group is followed by its children. */
function schemaOf(elements: readonly ThriftStruct[]): readonly SchemaNode[] {
  let at = 0;
  const below = (above: SchemaNode, depth: number): readonly SchemaNode[] => {
    if (depth > 24) throw new Error('columns nested too deeply');
    const children: SchemaNode[] = [];
    for (let left = count(elements[at++]!.get(5) ?? 0); left > 0; left -= 1) {
      const element = elements[at];
      if (element === undefined) throw new Error('a group of columns that are not there');
      const repetition = element.get(3);
      const node = {
        name: text(element.get(4)),
        path: [...above.path, text(element.get(4))],
        optional: above.optional + (repetition === OPTIONAL ? 1 : 0),
        isRepeated: above.isRepeated || repetition === REPEATED,
        ...(element.has(1) && { type: TYPES[count(element.get(1))] }),
      };
      children.push({ ...node, children: below({ ...node, children: [] }, depth + 1) });
    }
    return children;
  };
  if (elements.length === 0) throw new Error('no schema');
  return below({ name: '', path: [], optional: 0, isRepeated: false, children: [] }, 0);
}

/** @throws Error for what is no whole number of 0 or more */
export function count(value: ThriftValue | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error('a count that is none');
}

function list(value: ThriftValue | undefined): readonly ThriftValue[] {
  if (Array.isArray(value)) return value;
  throw new Error('a list that is none');
}

/** @throws Error for what is no struct */
export function struct(value: ThriftValue | undefined): ThriftStruct {
  if (value instanceof Map) return value;
  throw new Error('a struct that is none');
}

function structs(value: ThriftValue | undefined): readonly ThriftStruct[] {
  return list(value).map(struct);
}

function text(value: ThriftValue | undefined): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  throw new Error('a text that is none');
}
