/** Codes of up to 16 bits and the bytes that they stand for. */
export interface HuffmanTable {
  /** By the next eight bits: 256 × length + byte; 0 where the code is longer, or none. */
  readonly short: Uint16Array;
  /** By length: the largest code of that length, -1 where there is none. */
  readonly largest: Int32Array;
  /** By length: what a code plus this is the place of its byte. */
  readonly offset: Int32Array;
  readonly values: Uint8Array;
}

export const SHORT_BITS = 8;
export const LONGEST_CODE = 16;

/**
 * @param counts how many codes there are of each length, 1 to 16
 * @returns `undefined` for more codes than a length has
 * @see ITU-T T.81, annex C
 */
export function huffmanTable(counts: Uint8Array, values: Uint8Array): HuffmanTable | undefined {
  const short = new Uint16Array(1 << SHORT_BITS);
  const largest = new Int32Array(LONGEST_CODE + 1).fill(-1);
  const offset = new Int32Array(LONGEST_CODE + 1);
  let code = 0;
  let at = 0;
  for (let length = 1; length <= LONGEST_CODE; length += 1, code <<= 1) {
    const count = counts[length - 1]!;
    offset[length] = at - code;
    if (code + count > 1 << length) return undefined;
    for (let left = count; left > 0; left -= 1, code += 1, at += 1)
      if (length <= SHORT_BITS) {
        const first = code << (SHORT_BITS - length);
        short.fill((length << 8) | values[at]!, first, first + (1 << (SHORT_BITS - length)));
      }
    if (count > 0) largest[length] = code - 1;
  }
  return { short, largest, offset, values };
}
