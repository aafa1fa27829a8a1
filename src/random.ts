// Seeded random numbers, pure functions of their arguments wherever possible, so that nothing has to be saved for a
// resume. Not for cryptography.

/** Mixes 32-bit integers into one, well spread: murmur3's finaliser after each word. */
export function hash(...words: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const word of words) {
    state = Math.imul(state ^ word, 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state = (state ^ (state >>> 16)) + 0x9e3779b9;
  }
  return state >>> 0;
}

/**
 * A generator of uniform numbers in [0, 1) with 24 random bits each, so that every value is a float32.
 * @see mulberry32 by Tommy Ettinger (public domain)
 */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 8) / 0x1000000;
  };
}

/**
 * A generator of standard normal numbers.
 * @see Box and Muller (1958), both numbers of each pair used
 */
export function gaussian(seed: number): () => number {
  const next = uniform(seed);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * A permutation of 0 … length − 1 as a function, in O(1) memory: a four-round Feistel network over the next even
 * power of two, walked until it lands inside (at most four steps on average).
 * @param seeds what the order depends on, e.g. seed and epoch
 */
export function permutation(length: number, ...seeds: readonly number[]): (position: number) => number {
  const halfBits = Math.max(1, Math.ceil(Math.log2(Math.max(2, length)) / 2));
  const half = 2 ** halfBits;
  const mask = half - 1;
  const keys = [0, 1, 2, 3].map((round) => hash(...seeds, round));
  const encrypt = (value: number): number => {
    let left = Math.floor(value / half);
    let right = value % half;
    for (const key of keys) [left, right] = [right, left ^ (hash(key, right) & mask)];
    return left * half + right;
  };
  return (position) => {
    let value = encrypt(position);
    while (value >= length) value = encrypt(value);
    return value;
  };
}
