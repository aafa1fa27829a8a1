// The largest of a window's four pixels and which it was: the first of equals, as in PyTorch; NaN wins.

/** The largest values, at least `floor`; NaN where one is. */
@inline
export function largest(a: v128, b: v128, c: v128, d: v128, floor: v128): v128 {
  const unordered = v128.or(
    v128.or(f32x4.ne(a, a), f32x4.ne(b, b)),
    v128.or(f32x4.ne(c, c), f32x4.ne(d, d)),
  );
  return v128.or(f32x4.pmax(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)), floor), unordered);
}

/** Offsets of the winners: `origin` plus 0, `column`, `row` or both. */
@inline
export function winner(a: v128, b: v128, c: v128, d: v128, origin: i32, column: v128, row: v128): v128 {
  const upper = f32x4.gt(b, a);
  const lower = f32x4.gt(d, c);
  const isLower = f32x4.gt(f32x4.pmax(c, d), f32x4.pmax(a, b));
  const isRight = v128.bitselect(lower, upper, isLower);
  return i32x4.add(i32x4.splat(origin), i32x4.add(v128.and(isRight, column), v128.and(isLower, row)));
}
