/**
 * e to the power of x, to a unit or two in the last place, and infinite or 0 where it has to be; AssemblyScript's own needs tables in memory.
 * @see fdlibm's e_exp.c: x = k ln 2 + r, and a rational function of r²
 */
export function exponential(x: f64): f64 {
  if (x != x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = nearest(x * 1.44269504088896338700);
  const high = x - k * 6.93147180369123816490e-1, low = k * 1.90821492927058770002e-10;
  const r = high - low, t = r * r;
  const odd = 1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8)));
  const c = r - t * odd;
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // In two steps, since 2ᵏ itself may be too large, or too small, for a normal number.
  const half = <i64>k >> 1;
  return y * power(half) * power(<i64>k - half);
}

@inline
function power(exponent: i64): f64 {
  return reinterpret<f64>((exponent + 1023) << 52);
}
