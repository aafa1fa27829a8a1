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

// Standard normal numbers from a table: for every pixel of every image, where Box and Muller's logarithm, root and cosine
// would cost more than the training. One random word of 32 bits gives two numbers.
const ENTRIES = 0x10000;

let table: Float32Array | undefined;

/**
 * 65,536 standard normal numbers of equal probability, in ascending order: 16 random bits choose one.
 *
 * Each is the quantile in the middle of its share of the distribution, the whole scaled to a variance of exactly 1 (by a
 * factor of 1.00001). Nothing lies beyond ± 4.325: of the true distribution 15 numbers in a million do.
 */
export function normalTable(): Float32Array {
  table ??= normalQuantiles(ENTRIES, 1);
  return table;
}

/**
 * The quantiles in the middle of as many equal shares of the normal distribution, in ascending order.
 * @param deviation their standard deviation, exactly
 */
export function normalQuantiles(entries: number, deviation: number): Float32Array {
  const quantiles = Float64Array.from({ length: entries }, (_, entry) => quantile((entry + 0.5) / entries));
  const own = Math.sqrt(quantiles.reduce((sum, value) => sum + value * value, 0) / entries);
  return Float32Array.from(quantiles, (value) => (value / own) * deviation);
}

/**
 * Inverse of the standard normal distribution, to 7 digits, for probabilities between 1e-10 and 1 − 1e-10.
 * @see Wichura (1988), algorithm AS 241, PPND7
 */
function quantile(probability: number): number {
  const fromMedian = probability - 0.5;
  if (Math.abs(fromMedian) <= 0.425) {
    const r = 0.180625 - fromMedian * fromMedian;
    const numerator = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
    const denominator = ((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1;
    return (fromMedian * numerator) / denominator;
  }
  const r = Math.sqrt(-Math.log(Math.min(probability, 1 - probability))) - 1.6;
  const numerator = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777;
  const denominator = (0.12021132975 * r + 0.7370016425) * r + 1;
  return (Math.sign(fromMedian) * numerator) / denominator;
}
