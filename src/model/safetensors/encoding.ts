// Safetensors, the part of it that Millrace needs: tensors of floats, written as float32, and metadata of texts. Pure functions on bytes.
// https://github.com/huggingface/safetensors

import { quote } from '../../text/quote.js';
import type { NamedTensors, Tensor } from '../engine.js';
import { FLOAT_DTYPES, floatValues, isFloatDtype } from './floatValues.js';
import { FOREIGN_START_BYTES, refuseForeign } from './foreignWeights.js';
import { decodeHeader, formatEntry, headerLength, type TensorEntry } from './header.js';
import { PREFIX_BYTES } from './headerJson.js';
import { weightsError } from './weightsError.js';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: NamedTensors;
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * The bytes of a file with these tensors, sorted by name.
 *
 * As from the official writer the header is padded with spaces to a multiple of 8 bytes, so every tensor is aligned.
 * @throws WeightsError `WEIGHTS_HEADER` when a tensor is named `__metadata__` or its shape does not fit its data
 *
 * @example
 * const tensors = new Map([['bias', { shape: [2], data: Float32Array.of(1, 2) }]]);
 * const bytes = encodeSafetensors({ tensors, metadata: new Map([['author', 'me']]) });
 * console.log(bytes.length % 8); // 0
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries: [string, unknown][] = metadata.size === 0 ? [] : [['__metadata__', Object.fromEntries(metadata)]];
  let end = 0;
  for (const [name, tensor] of sorted) {
    requireConsistent(name, tensor);
    const begin = end;
    end += tensor.data.byteLength;
    entries.push([name, { dtype: 'F32', shape: tensor.shape, data_offsets: [begin, end] }]);
  }
  return join(
    JSON.stringify(Object.fromEntries(entries)),
    sorted.map(([, { data }]) => data),
    end,
  );
}

/**
 * Reads a whole file of tensors of floats; what is not float32 becomes it.
 * @param path for errors
 * @throws WeightsError when the file is damaged or hostile, or another kind of file (`WEIGHTS_FORMAT`); `WEIGHTS_DTYPE` when a tensor
 * has no floats
 *
 * @example
 * const { tensors } = decodeSafetensors(readFileSync(`${place}/baseline/model.safetensors`));
 * console.log(tensors.has('encoder.0.weight')); // true
 */
export function decodeSafetensors(bytes: Uint8Array, path?: string): Safetensors {
  refuseForeign(bytes.subarray(0, FOREIGN_START_BYTES), path);
  const length = headerLength(bytes.subarray(0, PREFIX_BYTES), bytes.length, path);
  const header = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
  const { metadata, tensors: entries } = decodeHeader(header, bytes.length, path);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of entries) {
    tensors.set(name, toTensor(name, entry, bytes.subarray(entry.offset, entry.offset + entry.bytes), path));
  }
  return { tensors, metadata };
}

function join(json: string, tensors: readonly Float32Array[], dataBytes: number): Uint8Array {
  const header = new TextEncoder().encode(json);
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(PREFIX_BYTES + headerBytes + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(' '.charCodeAt(0), PREFIX_BYTES, PREFIX_BYTES + headerBytes).set(header, PREFIX_BYTES);
  let offset = PREFIX_BYTES + headerBytes;
  for (const { buffer, byteOffset, byteLength } of tensors) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return file;
}

/** A tensor from the bytes of its values, copied. @throws WeightsError `WEIGHTS_DTYPE` where these are no floats */
export function toTensor(
  name: string,
  entry: Pick<TensorEntry, 'dtype' | 'shape'>,
  bytes: Uint8Array,
  path: string | undefined,
): Tensor {
  const { dtype, shape } = entry;
  if (isFloatDtype(dtype)) return { shape, data: floatValues(dtype, bytes) };
  throw weightsError('WEIGHTS_DTYPE', path, {
    problem: `tensor ${quote(name)}`,
    expected: `one of ${FLOAT_DTYPES.join(', ')}`,
    actual: formatEntry(entry),
    advice: 'Save it as float32.',
  });
}

function requireConsistent(name: string, { shape, data }: Tensor): void {
  const values = shape.reduce((product, side) => product * side, 1);
  if (name !== '__metadata__' && values === data.length) return;
  throw weightsError('WEIGHTS_HEADER', undefined, {
    problem: `tensor ${quote(name)}`,
    expected: `a name other than __metadata__ and ${values} values for the shape [${shape.join(', ')}]`,
    actual: `${data.length} values`,
    advice: 'Correct the tensor before it is saved.',
  });
}
