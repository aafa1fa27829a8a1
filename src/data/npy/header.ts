// The head of an .npy file: a magic string, a version, and a dictionary as Python writes it, which is read by a grammar of its own and
// never evaluated.
import { NpyError } from '../../errors.js';
import type { ArrayHeader } from '../array/arrayHeader.js';
import { ELEMENT_BYTES, type ElementType } from '../array/elementType.js';
import { unrecognised } from '../unrecognised.js';
import { parseDictionary } from './dictionary.js';

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

/** Magic string, version, and the longer of the two lengths of the dictionary. */
export const PREFIX_BYTES = 12;

/** As in NumPy, which takes no longer one either. */
const LONGEST_DICTIONARY = 10_000;

/** Whether bytes begin as an .npy file does, also where no more of them is there. */
export function isNpy(start: Uint8Array): boolean {
  return start.length > 0 && MAGIC.every((byte, at) => start[at] === byte || at >= start.length);
}

/**
 * Length of the header that begins with `start`.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @throws NpyError `NPY_HEADER` where it is damaged, of an unknown version or too long
 */
export function headerBytesOf(start: Uint8Array, path: string): number {
  if (start.length === 0 || !isNpy(start)) throw unrecognised(path, start, 'an .npy file');
  const version = start[6];
  if (version !== undefined && (version < 1 || version > 3))
    throw damaged(path, 6, 'version 1, 2 or 3 of the format', `version ${version}`);
  const prefix = version === 1 ? 10 : PREFIX_BYTES;
  if (start.length < prefix) throw torn(path, start.length);
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_DICTIONARY)
    throw damaged(path, 8, `a dictionary of at most ${LONGEST_DICTIONARY} bytes`, `${length} bytes`);
  return prefix + length;
}

/**
 * Reads a header from the first bytes of a file; bytes after it do not matter.
 * @throws NpyError `NPY_HEADER`, and `NPY_UNSUITABLE` for arrays of anything but numbers and those without a value
 */
export function parseNpyHeader(start: Uint8Array, path: string): ArrayHeader {
  const headerBytes = headerBytesOf(start, path);
  if (start.length < headerBytes) throw torn(path, start.length);
  const prefix = start[6] === 1 ? 10 : PREFIX_BYTES;
  const parsed = parseDictionary(new TextDecoder('latin1').decode(start.subarray(prefix, headerBytes)));
  if ('expected' in parsed) throw damaged(path, prefix + parsed.at, parsed.expected, parsed.actual);
  const { descr, fortranOrder, shape } = parsed;
  const { dtype, bigEndian } = elementTypeOf(descr, path, prefix);
  if (shape.length === 0 || shape.includes(0))
    throw unsuitable(
      path,
      'an array with a value at least',
      `the shape (${shape.join(', ')})`,
      'Save the array of images.',
    );
  const size = shape.reduce((product, dimension) => product * dimension, ELEMENT_BYTES[dtype]);
  if (headerBytes + size > Number.MAX_SAFE_INTEGER)
    throw damaged(path, prefix, 'less than 2^53 bytes', `${shape.slice(0, 8).join('×')} ${dtype}`);
  const itemCount = shape[0]!;
  return { dtype, bigEndian, fortranOrder, shape, itemCount, itemBytes: size / itemCount, headerBytes };
}

const KINDS: Readonly<Record<string, string>> = { b: 'bool', i: 'int', u: 'uint', f: 'float' };

function elementTypeOf(descr: string | undefined, path: string, offset: number) {
  const [, order, kind = '', bytes] = /^([<>|=])([A-Za-z])(\d{0,4})$/.exec(descr ?? '') ?? [];
  const name = kind === 'b' && bytes === '1' ? 'bool' : `${KINDS[kind]}${8 * Number(bytes)}`;
  if (Object.hasOwn(ELEMENT_BYTES, name)) return { dtype: name as ElementType, bigEndian: order === '>' };
  if (kind === 'O')
    throw unsuitable(
      path,
      'numbers',
      'Python objects',
      "They are kept as a pickle, which can hold programs and is never opened: np.save('images.npy', np.stack(list(images)).astype('uint8')) makes an array, in Python.",
    );
  if (descr !== undefined && order === undefined)
    throw damaged(path, offset, "a type of numbers, such as '|u1'", JSON.stringify(descr.slice(0, 40)));
  throw unsuitable(
    path,
    'numbers of 8 to 64 bits',
    descr === undefined ? 'records of several fields' : `elements of the type ${descr}`,
    "np.save('images.npy', images.astype('float32')) makes some, in Python.",
  );
}

function unsuitable(path: string, expected: string, actual: string, advice: string): NpyError {
  return new NpyError({ code: 'NPY_UNSUITABLE', path, offset: 0, expected, actual, advice });
}

function torn(path: string, length: number): NpyError {
  return damaged(path, length, 'the whole header of an .npy file', `its first ${length} bytes`);
}

function damaged(path: string, offset: number, expected: string, actual: string): NpyError {
  return new NpyError({
    code: 'NPY_HEADER',
    path,
    offset,
    expected,
    actual,
    advice: 'The file is damaged, or a partial download: fetch it again, or save it anew with np.save.',
  });
}
