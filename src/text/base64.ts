// Base64 where there is no Node: bytes go straight into the codes of characters, and these become text at once.

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = '='.charCodeAt(0);
const NOTHING = 255;

const VALUES = new Uint8Array(256).fill(NOTHING);
for (const [value, code] of ALPHABET.entries()) VALUES[code] = value;

const decoder = new TextDecoder();

/** Bytes as text, padded to whole groups of four characters. */
export function encodeBase64(bytes: Uint8Array | Uint8ClampedArray): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const left = bytes.length - from;
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    codes[to] = ALPHABET[group >> 18]!;
    codes[to + 1] = ALPHABET[(group >> 12) & 63]!;
    if (left > 1) codes[to + 2] = ALPHABET[(group >> 6) & 63]!;
    if (left > 2) codes[to + 3] = ALPHABET[group & 63]!;
  }
  return decoder.decode(codes);
}

/** The bytes of such a text. Characters that do not belong into one are passed over. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [group, bits, to] = [0, 0, 0];
  for (let from = 0; from < text.length; from++) {
    const value = VALUES[text.charCodeAt(from)] ?? NOTHING;
    if (value === NOTHING) continue;
    group = ((group << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to++] = group >> bits;
  }
  return bytes.slice(0, to);
}

/**
 * So many bytes, and not one more or less; `undefined` where the text holds another number of them. It looks at the length of
 * the text first, so that a promise of any size costs nothing.
 */
export function decodeBytes(text: string, size: number): Uint8Array | undefined {
  if (!(size >= 1) || text.length !== Math.ceil(size / 3) * 4) return undefined;
  const bytes = decodeBase64(text);
  return bytes.length === size ? bytes : undefined;
}
