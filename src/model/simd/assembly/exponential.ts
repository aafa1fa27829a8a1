/**
 * e to the power of four values; each within 2e-7 of it, relatively. NaN stays NaN.
 * Beyond ±40 it stays at that of ±40, so that no product with it is denormal; sigmoid and tanh have long reached their ends.
 * Range reduction and polynomial as in Cephes' expf.
 */
@inline
export function exponential(value: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(value, f32x4.splat(40)), f32x4.splat(-40));
  // Adding 1.5 × 2²³ rounds to a whole number, which is then in the low bits.
  const magic = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504)), magic);
  const n = f32x4.sub(shifted, magic);
  const r = f32x4.add(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(2.12194440e-4)));
  // Pairs of terms side by side wait less for each other than one after the other.
  const r2 = f32x4.mul(r, r);
  const high = f32x4.add(f32x4.mul(f32x4.splat(1.9875691500e-4), r), f32x4.splat(1.3981999507e-3));
  const middle = f32x4.add(f32x4.mul(f32x4.splat(8.3334519073e-3), r), f32x4.splat(4.1665795894e-2));
  const low = f32x4.add(f32x4.mul(f32x4.splat(1.6666665459e-1), r), f32x4.splat(5.0000001201e-1));
  const sum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, r2), middle), r2), low);
  const p = f32x4.add(f32x4.add(f32x4.mul(sum, r2), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.sub(shifted, magic), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}
