// The header of a safetensors file: 8 bytes with its length (little-endian), then JSON that says where each tensor lies.
// What the official reader refuses is refused here too: https://github.com/huggingface/safetensors
import * as z from 'zod';
import { quote } from '../../text/quote.js';
import { PREFIX_BYTES, parseHeaderJson } from './headerJson.js';
import { weightsError } from './weightsError.js';

/**
 * Far more than the names of any network's tensors need. The official reader's bound of 100 MB lets a header of a million
 * tensors take 13 s and 1.8 GB.
 */
const MAX_HEADER_BYTES = 10_000_000;

const bytesPerValue = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
  C64: 8,
} as const;

export type Dtype = keyof typeof bytesPerValue;

/** A tensor as the header announces it, checked against the file. */
export interface TensorEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** First byte, counted from the beginning of the file. */
  readonly offset: number;
  readonly bytes: number;
}

export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of their bytes in the file. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

/**
 * The number of header bytes, from a file's first 8 bytes. It is no larger than the file.
 * @throws WeightsError `WEIGHTS_TRUNCATED` or `WEIGHTS_HEADER`
 */
export function headerLength(prefix: Uint8Array, fileBytes: number, path?: string): number {
  const truncated = { advice: 'This is not a safetensors file, or only the beginning of one.' };
  if (prefix.length < PREFIX_BYTES)
    throw weightsError('WEIGHTS_TRUNCATED', path, {
      ...truncated,
      offset: 0,
      expected: `${PREFIX_BYTES} bytes with the length of the header`,
      actual: String(prefix.length),
    });
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES)
    throw weightsError('WEIGHTS_HEADER', path, {
      offset: 0,
      expected: `a header of at most ${MAX_HEADER_BYTES} bytes`,
      actual: String(length),
      advice: 'This is probably no safetensors file.',
    });
  if (PREFIX_BYTES + Number(length) > fileBytes)
    throw weightsError('WEIGHTS_TRUNCATED', path, {
      ...truncated,
      offset: PREFIX_BYTES,
      expected: `a header of ${length} bytes`,
      actual: `${fileBytes - PREFIX_BYTES} to the end of the file`,
    });
  return Number(length);
}

/**
 * Reads and checks a header: tensors follow one another without overlap or hole and fill the rest of the file.
 * @param header the bytes after the first 8
 * @param fileBytes size of the whole file
 * @throws WeightsError
 */
export function decodeHeader(header: Uint8Array, fileBytes: number, path?: string): SafetensorsHeader {
  const { metadata, tensors } = parseHeaderJson(header, path);
  const dataOffset = PREFIX_BYTES + header.length;
  const placed = [...tensors].map(([name, tensor]) => checkTensor(name, tensor, dataOffset, path));
  placed.sort(([, a], [, b]) => a.offset - b.offset || a.bytes - b.bytes);
  requireContiguous(placed, dataOffset, fileBytes, path);
  return { metadata, tensors: new Map(placed) };
}

type NamedEntry = readonly [name: string, entry: TensorEntry];

const whole = z.int().min(0);
const tensorSchema = z.object({ dtype: z.string(), shape: z.array(whole), data_offsets: z.tuple([whole, whole]) });

function checkTensor(name: string, tensor: unknown, dataOffset: number, path: string | undefined): NamedEntry {
  const problem = `tensor ${quote(name)}`;
  const advice = 'The file is damaged, or not made by safetensors.';
  const result = tensorSchema.safeParse(tensor);
  if (!result.success)
    throw weightsError('WEIGHTS_HEADER', path, {
      problem,
      expected: 'dtype, shape and two data_offsets of whole numbers, 0 or more',
      actual: `something else as ${result.error.issues[0]?.path.join('.') || 'its entry'}`,
      advice,
    });
  const { dtype, shape, data_offsets: offsets } = result.data;
  if (!isDtype(dtype))
    throw weightsError('WEIGHTS_DTYPE', path, {
      problem,
      expected: `one of ${Object.keys(bytesPerValue).join(', ')}`,
      actual: quote(dtype),
      advice: 'Save it as float32.',
    });
  const [begin, end] = offsets;
  const bytes = shape.reduce((product, side) => product * side, bytesPerValue[dtype]);
  if (bytes !== end - begin)
    throw weightsError('WEIGHTS_HEADER', path, {
      problem,
      expected: `${bytes} bytes for ${formatEntry({ dtype, shape })}`,
      actual: `data_offsets ${begin} to ${end}`,
      advice,
    });
  return [name, { dtype, shape, offset: dataOffset + begin, bytes }];
}

function isDtype(dtype: string): dtype is Dtype {
  return Object.hasOwn(bytesPerValue, dtype);
}

/** `F32 [16, 1, 3, 3]`, the shape cut after eight sides. */
export function formatEntry({ dtype, shape }: Pick<TensorEntry, 'dtype' | 'shape'>): string {
  return `${dtype} [${shape.slice(0, 8).join(', ')}${shape.length > 8 ? ', …' : ''}]`;
}

function requireContiguous(
  tensors: readonly NamedEntry[],
  dataOffset: number,
  fileBytes: number,
  path: string | undefined,
): void {
  let end = dataOffset;
  for (const [name, { offset, bytes }] of tensors) {
    if (offset !== end)
      throw weightsError(offset < end ? 'WEIGHTS_OVERLAP' : 'WEIGHTS_HEADER', path, {
        offset: end,
        problem: `tensor ${quote(name)}`,
        expected: 'it to begin here, where the tensor before it ends',
        actual: `it begins at byte ${offset}`,
        advice: 'Tensors may neither overlap nor leave holes: the file is damaged or hostile.',
      });
    end += bytes;
  }
  if (end > fileBytes)
    throw weightsError('WEIGHTS_TRUNCATED', path, {
      offset: fileBytes,
      expected: `a file of ${end} bytes`,
      actual: String(fileBytes),
      advice: 'The file is probably only the beginning of one: copy it again.',
    });
  if (end < fileBytes)
    throw weightsError('WEIGHTS_HEADER', path, {
      offset: end,
      expected: 'the end of the file',
      actual: `${fileBytes - end} further bytes`,
      advice: 'The file is damaged, or something was added to it.',
    });
}
