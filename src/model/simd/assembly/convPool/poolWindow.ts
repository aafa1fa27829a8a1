// The largest of a window's four pixels and which it was: the first of equals, as in PyTorch; NaN wins.

/**
 * Stores the largest values, at least `floor`, and the offsets of the winners: `origin` plus 0, `column`, `row` or both.
 * Where one of the four is NaN, only `storeLargestOrNaN` does.
 * @returns their sum: NaN if one of them is
 */
@inline
export function storeLargest(
  output: usize, argmax: usize, a: v128, b: v128, c: v128, d: v128, floor: v128, origin: i32, column: v128, row: v128,
): v128 {
  const upper = f32x4.pmax(a, b), lower = f32x4.pmax(c, d);
  const isLower = f32x4.gt(lower, upper);
  const isRight = v128.bitselect(f32x4.gt(d, c), f32x4.gt(b, a), isLower);
  v128.store(output, f32x4.pmax(f32x4.pmax(upper, lower), floor));
  v128.store(argmax, i32x4.add(i32x4.splat(origin), i32x4.add(v128.and(isRight, column), v128.and(isLower, row))));
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}

/** The same to the same bits, and the first NaN where there is one. */
@inline
export function storeLargestOrNaN(
  output: usize, argmax: usize, a: v128, b: v128, c: v128, d: v128, floor: v128, origin: i32, column: v128, row: v128,
): void {
  const upperRight = v128.or(f32x4.gt(b, a), f32x4.ne(b, b));
  const lowerRight = v128.or(f32x4.gt(d, c), f32x4.ne(d, d));
  const upper = v128.bitselect(b, a, upperRight);
  const lower = v128.bitselect(d, c, lowerRight);
  const isLower = v128.or(f32x4.gt(lower, upper), f32x4.ne(lower, lower));
  const isRight = v128.bitselect(lowerRight, upperRight, isLower);
  // `pmax` keeps a NaN that comes first.
  v128.store(output, f32x4.pmax(v128.bitselect(lower, upper, isLower), floor));
  v128.store(argmax, i32x4.add(i32x4.splat(origin), i32x4.add(v128.and(isRight, column), v128.and(isLower, row))));
}
