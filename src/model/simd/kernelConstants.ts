// Numbers that kernels read from memory. One that stands in the code V8 builds anew in each turn of a loop, of three
// instructions; one that is read before the loop stays in a register or on the stack.

/** e to the power of x, as in Cephes' expf; in the order in which `assembly/elementwise/exponential.ts` reads them. */
const EXPONENTIAL = [
  // Beyond ±40 it stays what it is there.
  40,
  -40,
  // 1 / ln 2, and ln 2 in two parts, of which the first is exact.
  Math.LOG2E,
  0.693359375,
  2.1219444e-4,
  // Adding 1.5 × 2²³ rounds to a whole number, which is then in the low bits.
  12582912,
  1,
  // The polynomial, from its highest power.
  1.98756915e-4,
  1.3981999507e-3,
  8.3334519073e-3,
  4.1665795894e-2,
  1.6666665459e-1,
  5.0000001201e-1,
];

/**
 * The share of a normal distribution above x ≥ 0, within 7.5e-8: its density there times a polynomial in 1 / (1 + the first of these × x).
 * In the order in which `assembly/elementwise/gelu.ts` reads them: that, five powers from the first, 1 / √2π, and from where on the density counts as 0.
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17
 */
const NORMAL = [0.2316419, 0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429, 0.3989422804, 8.9];

/**
 * What an optimizer remembers becomes zero below: a value that decays forever would end among the denormal numbers, which are slow. Of
 * Adam's first moments, and of what stands alone or under a root; `assembly/optimizers` read them.
 */
const LEAST = [1e-30, 1e-37];

/** Of Winograd's filtering, in the order in which `assembly/winograd/transforms.ts` reads them. */
const WINOGRAD = [Math.SQRT1_2, Math.SQRT2, 0.5, 2, 2.5, 4];

/** Where the numbers of an update lie, which the engine writes before each: `NUMBERS` of `assembly/optimizers`. */
export const UPDATE_NUMBERS = 576;

/** Where they lie: between the job and what the planner lays out. */
export const KERNEL_CONSTANTS: readonly { readonly address: number; readonly values: readonly number[] }[] = [
  { address: 512, values: EXPONENTIAL },
  { address: 640, values: LEAST },
  { address: 704, values: NORMAL },
  { address: 768, values: WINOGRAD },
];
