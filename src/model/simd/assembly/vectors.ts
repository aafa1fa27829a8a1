// Four float32 values side by side: what several kernels do with them.

/** `x` × `y` + `sum`; rounded once, not twice, where the kernels are compiled with relaxed SIMD. */
@inline
export function multiplyAdd(x: v128, y: v128, sum: v128): v128 {
  if (isDefined(ASC_FEATURE_RELAXED_SIMD) && ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(sum, f32x4.mul(x, y));
}

/** `from` − `x` × `y`, rounded as `multiplyAdd`. */
@inline
export function subtractProduct(x: v128, y: v128, from: v128): v128 {
  if (isDefined(ASC_FEATURE_RELAXED_SIMD) && ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(x, y, from);
  return f32x4.sub(from, f32x4.mul(x, y));
}

/** The sums of four vectors, each lane one of them. */
@inline
export function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Four vectors that lie `step` bytes apart become four others: rows and columns change places. */
@inline
export function transpose(from: usize, step: i32, to: usize, toStep: i32): void {
  const a = v128.load(from), b = v128.load(from + step), c = v128.load(from + 2 * step), d = v128.load(from + 3 * step);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toStep, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(to + 3 * toStep, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}

/** Whether one of four values is NaN or infinite. */
@inline
export function isNotFinite(values: v128): bool {
  return isNaN(f32x4.sub(values, values));
}

/** Whether one of four values is NaN. */
@inline
export function isNaN(values: v128): bool {
  return v128.any_true(f32x4.ne(values, values));
}
