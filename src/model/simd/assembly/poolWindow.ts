// The largest of a window's four pixels and which it was: the first of equals, as in PyTorch; NaN wins.

/**
 * Stores the largest values, at least `floor`, and the offsets of the winners: `origin` plus 0, `column`, `row` or both.
 * The sum of the four tells whether there can be a NaN: one comparison instead of four.
 */
@inline
export function storeLargest(
  output: usize, winners: usize, a: v128, b: v128, c: v128, d: v128, floor: v128, origin: i32, column: v128, row: v128,
): void {
  const upper = f32x4.pmax(a, b), lower = f32x4.pmax(c, d);
  let largest = f32x4.pmax(f32x4.pmax(upper, lower), floor);
  let upperRight = f32x4.gt(b, a), lowerRight = f32x4.gt(d, c), isLower = f32x4.gt(lower, upper);
  const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  if (v128.any_true(f32x4.ne(sum, sum))) {
    upperRight = v128.or(upperRight, f32x4.ne(b, b));
    lowerRight = v128.or(lowerRight, f32x4.ne(d, d));
    const best = v128.bitselect(b, a, upperRight);
    const bestLower = v128.bitselect(d, c, lowerRight);
    isLower = v128.or(f32x4.gt(bestLower, best), f32x4.ne(bestLower, bestLower));
    // `pmax` keeps a NaN that comes first.
    largest = f32x4.pmax(v128.bitselect(bestLower, best, isLower), floor);
  }
  v128.store(output, largest);
  const isRight = v128.bitselect(lowerRight, upperRight, isLower);
  v128.store(winners, i32x4.add(i32x4.splat(origin), i32x4.add(v128.and(isRight, column), v128.and(isLower, row))));
}
