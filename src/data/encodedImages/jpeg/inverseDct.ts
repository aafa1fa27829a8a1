// The inverse DCT of 8×8 coefficients, bit for bit as libjpeg's "slow but accurate" integer version (Loeffler, Ligtenberg and Moschytz, 1989):
// columns, then rows, in fixed point; what the first pass gives has two bits more than the samples.
import { clamped } from './clamped.js';

const FRACTION = 13;
const MORE = 2;
/** Constants of the method × 2^13. */
const F_0_298 = 2446;
const F_0_390 = 3196;
const F_0_541 = 4433;
const F_0_765 = 6270;
const F_0_899 = 7373;
const F_1_175 = 9633;
const F_1_501 = 12_299;
const F_1_847 = 15_137;
const F_1_961 = 16_069;
const F_2_053 = 16_819;
const F_2_562 = 20_995;
const F_3_072 = 25_172;

const between = new Int32Array(64);
const line = new Int32Array(8);

/**
 * Writes the samples of a block, 0..255.
 * @param coefficients multiplied by their quantization, in rows
 * @param to where its rows go, `stride` apart, from `at` on
 */
export function inverseDct(coefficients: Int32Array, to: Uint8Array, at: number, stride: number): void {
  for (let column = 0; column < 8; column += 1) {
    transform(coefficients, column, 8, FRACTION - MORE);
    for (let row = 0; row < 8; row += 1) between[8 * row + column] = line[row]!;
  }
  for (let row = 0; row < 8; row += 1) {
    transform(between, 8 * row, 1, FRACTION + MORE + 3);
    const from = at + row * stride;
    for (let column = 0; column < 8; column += 1) to[from + column] = clamped(line[column]! + 128);
  }
}

/** A block whose coefficients are all zero but for the first: one brightness. */
export function fillBlock(first: number, to: Uint8Array, at: number, stride: number): void {
  const sample = clamped(((first + 4) >> 3) + 128);
  for (let row = at; row < at + 8 * stride; row += stride) to.fill(sample, row, row + 8);
}

/** Eight values, `step` apart, into `line`, rounded to `shift` bits less. */
function transform(from: Int32Array, at: number, step: number, shift: number): void {
  const half = 1 << (shift - 1);
  const in0 = from[at]!;
  const in1 = from[at + step]!;
  const in2 = from[at + 2 * step]!;
  const in3 = from[at + 3 * step]!;
  const in4 = from[at + 4 * step]!;
  const in5 = from[at + 5 * step]!;
  const in6 = from[at + 6 * step]!;
  const in7 = from[at + 7 * step]!;

  const even = (in2 + in6) * F_0_541;
  const even2 = even - in6 * F_1_847;
  const even3 = even + in2 * F_0_765;
  const even0 = (in0 + in4) * (1 << FRACTION);
  const even1 = (in0 - in4) * (1 << FRACTION);
  const sum0 = even0 + even3 + half;
  const sum3 = even0 - even3 + half;
  const sum1 = even1 + even2 + half;
  const sum2 = even1 - even2 + half;

  const both = (in7 + in3 + in5 + in1) * F_1_175;
  const z1 = (in7 + in1) * -F_0_899;
  const z2 = (in5 + in3) * -F_2_562;
  const z3 = (in7 + in3) * -F_1_961 + both;
  const z4 = (in5 + in1) * -F_0_390 + both;
  const odd0 = in7 * F_0_298 + z1 + z3;
  const odd1 = in5 * F_2_053 + z2 + z4;
  const odd2 = in3 * F_3_072 + z2 + z3;
  const odd3 = in1 * F_1_501 + z1 + z4;

  line[0] = (sum0 + odd3) >> shift;
  line[7] = (sum0 - odd3) >> shift;
  line[1] = (sum1 + odd2) >> shift;
  line[6] = (sum1 - odd2) >> shift;
  line[2] = (sum2 + odd1) >> shift;
  line[5] = (sum2 - odd1) >> shift;
  line[3] = (sum3 + odd0) >> shift;
  line[4] = (sum3 - odd0) >> shift;
}
