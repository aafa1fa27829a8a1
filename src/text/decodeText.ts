// Text from files that others have written: UTF-8, with or without a byte order mark, and what else it may be.

export const BYTE_ORDER_MARK = '\uFEFF';

/** Bytes that are not text in UTF-8. */
export class EncodingError extends Error {
  /** Reads well after "found". */
  readonly actual: string;

  constructor(actual: string) {
    super(`not UTF-8 but ${actual}`);
    this.actual = actual;
  }
}

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a whole file, without a byte order mark.
 * @throws EncodingError
 */
export function decodeText(bytes: Uint8Array): string {
  const otherwise = otherEncoding(bytes);
  if (otherwise !== undefined) throw new EncodingError(otherwise);
  try {
    return strict.decode(bytes);
  } catch {
    throw new EncodingError('bytes that are not UTF-8 text');
  }
}

/** What bytes are that are no text in UTF-8, as far as their beginning tells. No text of ours has a zero in it. */
export function otherEncoding(bytes: Uint8Array): 'text in UTF-16' | 'binary data' | undefined {
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked || isEverySecondZero(bytes.subarray(0, LOOKED_AT))) return 'text in UTF-16';
  return bytes.subarray(0, LOOKED_AT).includes(0) ? 'binary data' : undefined;
}

const LOOKED_AT = 64;

/** As it is in UTF-16 without a mark, where what is written is JSON, numbers or English. */
function isEverySecondZero(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  return [0, 1].some((side) => bytes.every((byte, at) => (at % 2 === side) === (byte === 0)));
}
