// x where it is above 0, e to the power of x less 1 elsewhere; in place. The difference is not taken of two numbers close to each
// other: with x = n ln 2 + r it is 2ⁿ (eʳ − 1) + (2ⁿ − 1), and the polynomial gives eʳ − 1. Numbers as in `exponential.ts`.
// Lanes: values side by side.

/** `../kernelConstants.ts` */
const CONSTANTS: usize = 512;

/** From `p` to `end`, at least one vector. */
export function elu(p: usize, end: usize): void {
  const least = v128.load_splat<f32>(CONSTANTS, 4), log2e = v128.load_splat<f32>(CONSTANTS, 8);
  const ln2High = v128.load_splat<f32>(CONSTANTS, 12), ln2Low = v128.load_splat<f32>(CONSTANTS, 16);
  const magic = v128.load_splat<f32>(CONSTANTS, 20), one = v128.load_splat<f32>(CONSTANTS, 24);
  const c5 = v128.load_splat<f32>(CONSTANTS, 28), c4 = v128.load_splat<f32>(CONSTANTS, 32);
  const c3 = v128.load_splat<f32>(CONSTANTS, 36), c2 = v128.load_splat<f32>(CONSTANTS, 40);
  const c1 = v128.load_splat<f32>(CONSTANTS, 44), c0 = v128.load_splat<f32>(CONSTANTS, 48);
  const bias = i32x4.splat(127), zero = f32x4.splat(0);
  do {
    const given = v128.load(p);
    const x = f32x4.pmax(f32x4.pmin(given, zero), least);
    const shifted = f32x4.add(f32x4.mul(x, log2e), magic);
    const n = f32x4.sub(shifted, magic);
    const r = f32x4.add(f32x4.sub(x, f32x4.mul(n, ln2High)), f32x4.mul(n, ln2Low));
    const r2 = f32x4.mul(r, r);
    const high = f32x4.add(f32x4.mul(c5, r), c4);
    const middle = f32x4.add(f32x4.mul(c3, r), c2);
    const low = f32x4.add(f32x4.mul(c1, r), c0);
    const sum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, r2), middle), r2), low);
    const power = i32x4.shl(i32x4.add(i32x4.sub(shifted, magic), bias), 23);
    const below = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(sum, r2), r), power), f32x4.sub(power, one));
    v128.store(p, v128.bitselect(given, below, f32x4.gt(given, zero)));
    p += 16;
  } while (p != end);
}
