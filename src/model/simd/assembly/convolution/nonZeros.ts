// Which values of a dense layer's inputs are not zero: behind relu and dropout half of them, of a drawing on black a fifth. What they are
// multiplied by has to be finite if the others shall be left out: 0 × ∞ is NaN.

/** Whether no more than a share of the values of `images` images that lie `step` bytes apart are something. */
export function areSparse(input: usize, step: i32, images: i32, values: i32, share: f32): bool {
  const zero = f32x4.splat(0);
  let count = i32x4.splat(0);
  for (let image = 0; image < images; image++) {
    let p = input + image * step;
    // Four at a time; the last few are not looked at.
    for (const end = p + ((values & ~3) << 2); p != end; p += 16) count = i32x4.sub(count, f32x4.ne(v128.load(p), zero));
  }
  const sum =
    i32x4.extract_lane(count, 0) + i32x4.extract_lane(count, 1) + i32x4.extract_lane(count, 2) + i32x4.extract_lane(count, 3);
  return f32(sum) <= share * f32(images * values);
}

/** A NaN or an infinity stays in a sum. */
export function areFinite(from: usize, bytes: i32): bool {
  const zero = f32x4.splat(0);
  let one = zero, other = zero;
  const end = from + bytes;
  let p = from;
  for (; p + 32 <= end; p += 32) {
    one = f32x4.add(one, f32x4.mul(v128.load(p), zero));
    other = f32x4.add(other, f32x4.mul(v128.load(p, 16), zero));
  }
  if (p != end) one = f32x4.add(one, f32x4.mul(v128.load(p), zero));
  return !v128.any_true(f32x4.ne(f32x4.add(one, other), zero));
}

@unmanaged
class FiniteWeights {
  kind: i32;
  from: usize;
  bytes: i32;
  /** Where it says so (i32): 1 or 0. */
  to: usize;
}

/** Once a job, for all its images. */
export function checkFinite(operation: usize): void {
  const v = changetype<FiniteWeights>(operation);
  store<i32>(v.to, areFinite(v.from, v.bytes));
}
