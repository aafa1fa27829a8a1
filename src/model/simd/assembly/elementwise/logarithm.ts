/**
 * The natural logarithm, within one unit in the last place; AssemblyScript's own needs tables in memory.
 * @see fdlibm's e_log.c: x = 2ᵏ(1 + f), s = f / (2 + f), and a polynomial in s²
 */
export function logarithm(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    k = -54;
  }
  const bits = reinterpret<u64>(x);
  // So that 1 + f lies between √½ and √2.
  const high = <u32>(bits >> 32) + (0x3ff00000 - 0x3fe6a09e);
  k += <i32>(high >> 20) - 0x3ff;
  const f = reinterpret<f64>((<u64>((high & 0x000fffff) + 0x3fe6a09e) << 32) | (bits & 0xffffffff)) - 1;
  const s = f / (2 + f), z = s * s, w = z * z, half = 0.5 * f * f;
  const odd = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const even = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const ln2High = 6.93147180369123816490e-1, ln2Low = 1.90821492927058770002e-10;
  return s * (half + odd + even) + k * ln2Low - half + f + k * ln2High;
}
