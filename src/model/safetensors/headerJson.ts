// The JSON of a safetensors header, before what it says about tensors is checked.
import { quote } from '../../text/quote.js';
import { JsonError, parseStrictJson } from '../../text/strictJson.js';
import { weightsError } from './weightsError.js';

/** Where the JSON begins in the file: after its length. */
export const PREFIX_BYTES = 8;

export interface HeaderJson {
  readonly metadata: ReadonlyMap<string, string>;
  /** What is said of each tensor, unchecked. */
  readonly tensors: ReadonlyMap<string, unknown>;
}

/** @throws WeightsError `WEIGHTS_HEADER` or `WEIGHTS_DUPLICATE` */
export function parseHeaderJson(header: Uint8Array, path: string | undefined): HeaderJson {
  const tensors = new Map(Object.entries(parseObject(decodeText(header, path), path)));
  const metadata = textValues(tensors.get('__metadata__') ?? {}, path);
  tensors.delete('__metadata__');
  return { metadata, tensors };
}

function decodeText(header: Uint8Array, path: string | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
  } catch (cause) {
    throw weightsError('WEIGHTS_HEADER', path, {
      offset: PREFIX_BYTES,
      expected: 'a header of UTF-8 text',
      actual: 'other bytes',
      advice: 'This is not a safetensors file.',
      cause,
    });
  }
}

function parseObject(text: string, path: string | undefined): object {
  if (!text.startsWith('{'))
    throw weightsError('WEIGHTS_HEADER', path, {
      offset: PREFIX_BYTES,
      expected: '"{", the beginning of the header',
      actual: text === '' ? 'an empty header' : quote(text.slice(0, 1)),
      advice: 'This is not a safetensors file.',
    });
  try {
    return parseStrictJson(text) as object;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { index, expected, actual, duplicateKey } = error;
    throw weightsError(duplicateKey === undefined ? 'WEIGHTS_HEADER' : 'WEIGHTS_DUPLICATE', path, {
      offset: PREFIX_BYTES + new TextEncoder().encode(text.slice(0, index)).length,
      expected,
      actual,
      advice: 'The file is damaged, or not made by safetensors.',
      cause: error,
    });
  }
}

function textValues(metadata: unknown, path: string | undefined): ReadonlyMap<string, string> {
  const entries = typeof metadata === 'object' && metadata !== null ? Object.entries(metadata) : undefined;
  if (entries === undefined || Array.isArray(metadata) || !entries.every(hasText))
    throw weightsError('WEIGHTS_HEADER', path, {
      problem: '__metadata__',
      expected: 'an object whose values are texts',
      actual: 'something else',
      advice: 'The file is damaged, or not made by safetensors.',
    });
  return new Map(entries.filter(hasText));
}

function hasText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}
