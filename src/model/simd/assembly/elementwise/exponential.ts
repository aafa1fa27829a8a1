// e to the power of many values, or of their squares; each within 2e-7 of it, relatively. NaN stays NaN.
// Beyond ±40 it stays at that of ±40, so that no product with it is denormal; sigmoid and tanh have long reached their ends.
// Range reduction and polynomial as in Cephes' expf. Lanes: values side by side.

/** `../kernelConstants.ts` */
const CONSTANTS: usize = 512;

/** Writes exp(`factor` × value) for those from `p` to `end`, at least one vector, in place. */
export function exponentials(p: usize, end: usize, factor: v128): void {
  everyExponential(p, end, 0, factor, false);
}

/** The same, `toResult` bytes further. */
export function exponentialsBeside(p: usize, end: usize, toResult: usize, factor: v128): void {
  everyExponential(p, end, toResult, factor, false);
}

/** exp(`factor` × value²), `toResult` bytes further. */
export function exponentialsOfSquares(p: usize, end: usize, toResult: usize, factor: v128): void {
  everyExponential(p, end, toResult, factor, true);
}

@inline
function everyExponential(p: usize, end: usize, toResult: usize, factor: v128, ofSquares: bool): void {
  const largest = v128.load_splat<f32>(CONSTANTS), least = v128.load_splat<f32>(CONSTANTS, 4);
  const log2e = v128.load_splat<f32>(CONSTANTS, 8);
  const ln2High = v128.load_splat<f32>(CONSTANTS, 12), ln2Low = v128.load_splat<f32>(CONSTANTS, 16);
  const magic = v128.load_splat<f32>(CONSTANTS, 20), one = v128.load_splat<f32>(CONSTANTS, 24);
  const c5 = v128.load_splat<f32>(CONSTANTS, 28), c4 = v128.load_splat<f32>(CONSTANTS, 32);
  const c3 = v128.load_splat<f32>(CONSTANTS, 36), c2 = v128.load_splat<f32>(CONSTANTS, 40);
  const c1 = v128.load_splat<f32>(CONSTANTS, 44), c0 = v128.load_splat<f32>(CONSTANTS, 48);
  const bias = i32x4.splat(127);
  // Two side by side: a chain of some twenty operations each, of which one waits for the other. A last one alone is both.
  do {
    const q = p + 16 == end ? p : p + 16;
    const x = f32x4.pmax(f32x4.pmin(f32x4.mul(power(p, ofSquares), factor), largest), least);
    const y = f32x4.pmax(f32x4.pmin(f32x4.mul(power(q, ofSquares), factor), largest), least);
    const xs = f32x4.add(f32x4.mul(x, log2e), magic);
    const ys = f32x4.add(f32x4.mul(y, log2e), magic);
    const xn = f32x4.sub(xs, magic);
    const yn = f32x4.sub(ys, magic);
    const xr = f32x4.add(f32x4.sub(x, f32x4.mul(xn, ln2High)), f32x4.mul(xn, ln2Low));
    const yr = f32x4.add(f32x4.sub(y, f32x4.mul(yn, ln2High)), f32x4.mul(yn, ln2Low));
    const xr2 = f32x4.mul(xr, xr);
    const yr2 = f32x4.mul(yr, yr);
    const xh = f32x4.add(f32x4.mul(c5, xr), c4);
    const yh = f32x4.add(f32x4.mul(c5, yr), c4);
    const xm = f32x4.add(f32x4.mul(c3, xr), c2);
    const ym = f32x4.add(f32x4.mul(c3, yr), c2);
    const xl = f32x4.add(f32x4.mul(c1, xr), c0);
    const yl = f32x4.add(f32x4.mul(c1, yr), c0);
    const xsum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(xh, xr2), xm), xr2), xl);
    const ysum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(yh, yr2), ym), yr2), yl);
    const xe = f32x4.add(f32x4.add(f32x4.mul(xsum, xr2), xr), one);
    const ye = f32x4.add(f32x4.add(f32x4.mul(ysum, yr2), yr), one);
    const xp = i32x4.shl(i32x4.add(i32x4.sub(xs, magic), bias), 23);
    const yp = i32x4.shl(i32x4.add(i32x4.sub(ys, magic), bias), 23);
    v128.store(p + toResult, f32x4.mul(xe, xp));
    v128.store(q + toResult, f32x4.mul(ye, yp));
    p += 32;
  } while (p < end);
}

@inline
function power(from: usize, isSquare: bool): v128 {
  const values = v128.load(from);
  return isSquare ? f32x4.mul(values, values) : values;
}
