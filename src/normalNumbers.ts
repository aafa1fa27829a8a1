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
  table ??= createTable();
  return table;
}

function createTable(): Float32Array {
  const quantiles = new Float64Array(ENTRIES);
  let sumOfSquares = 0;
  for (let entry = 0; entry < ENTRIES; entry++) {
    const value = quantile((entry + 0.5) / ENTRIES);
    quantiles[entry] = value;
    sumOfSquares += value * value;
  }
  const deviation = Math.sqrt(sumOfSquares / ENTRIES);
  return Float32Array.from(quantiles, (value) => value / deviation);
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
