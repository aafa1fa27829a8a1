// SHA-256 (FIPS 180-4) where there is no Node: pages that are not served over https have no `crypto.subtle` either.

/** A hash that is fed bit by bit: Node's own, or the one here. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** Of all bytes so far; lower-case hexadecimal. It is asked for once. */
  digest(): string;
}

export type CreateSha256 = () => Sha256;

const BLOCK_BYTES = 64;

const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractions of square roots and cube roots of the first primes. */
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(prime ** (1 / 2)));
const ROUNDS = Uint32Array.from(PRIMES, (prime) => fraction(prime ** (1 / 3)));

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32);
}

/** As Node's is, some ten times slower. */
export const portableSha256: CreateSha256 = () => {
  const state = Uint32Array.from(INITIAL);
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  let [filled, total] = [0, 0];
  const update = (bytes: Uint8Array): void => {
    total += bytes.length;
    for (let from = 0; from < bytes.length; ) {
      const taken = Math.min(bytes.length - from, BLOCK_BYTES - filled);
      block.set(bytes.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled < BLOCK_BYTES) continue;
      mix(state, view);
      filled = 0;
    }
  };
  return {
    update,
    digest() {
      const bits = BigInt(total) * 8n;
      const zeros = (2 * BLOCK_BYTES - 9 - filled) % BLOCK_BYTES;
      const end = new Uint8Array(1 + zeros + 8);
      end[0] = 0x80;
      new DataView(end.buffer).setBigUint64(1 + zeros, bits);
      update(end);
      return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
    },
  };
};

const words = new Uint32Array(64);

/** Takes a block into the state. Names are the standard's. */
function mix(state: Uint32Array, block: DataView): void {
  for (let at = 0; at < 16; at++) words[at] = block.getUint32(4 * at);
  for (let at = 16; at < 64; at++) {
    const [before, after] = [words[at - 15]!, words[at - 2]!];
    const small0 = rotated(before, 7) ^ rotated(before, 18) ^ (before >>> 3);
    const small1 = rotated(after, 17) ^ rotated(after, 19) ^ (after >>> 10);
    words[at] = words[at - 16]! + small0 + words[at - 7]! + small1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let at = 0; at < 64; at++) {
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + ROUNDS[at]! + words[at]!) | 0;
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = big0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at]! += word;
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
