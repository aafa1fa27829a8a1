// The most multiply-adds a second that this machine's SIMD does here: acc ← acc × scale + shift, on registers alone.
//
// Every operation needs the one before it in its own chain and none of another chain's. Twelve chains: 2 units × 6 cycles
// for a multiplication and an addition; more would not fit into the registers that the compiler has.

/** Multiply-adds of single numbers in one turn of the loop: 12 chains of 4 lanes. */
export const MULTIPLY_ADDS: i32 = 48;

/** Does `turns` turns, at least one. The result only keeps the work from being left out. */
export function multiplyAdd(turns: i32, factor: f32): f32 {
  const scale = f32x4.splat(factor);
  const shift = f32x4.splat(<f32>1 - factor);
  let a = f32x4.splat(0.1);
  let b = f32x4.splat(0.2);
  let c = f32x4.splat(0.3);
  let d = f32x4.splat(0.4);
  let e = f32x4.splat(0.5);
  let f = f32x4.splat(0.6);
  let g = f32x4.splat(0.7);
  let h = f32x4.splat(0.8);
  let i = f32x4.splat(0.9);
  let j = f32x4.splat(1.1);
  let k = f32x4.splat(1.2);
  let l = f32x4.splat(1.3);
  do {
    a = f32x4.add(f32x4.mul(a, scale), shift);
    b = f32x4.add(f32x4.mul(b, scale), shift);
    c = f32x4.add(f32x4.mul(c, scale), shift);
    d = f32x4.add(f32x4.mul(d, scale), shift);
    e = f32x4.add(f32x4.mul(e, scale), shift);
    f = f32x4.add(f32x4.mul(f, scale), shift);
    g = f32x4.add(f32x4.mul(g, scale), shift);
    h = f32x4.add(f32x4.mul(h, scale), shift);
    i = f32x4.add(f32x4.mul(i, scale), shift);
    j = f32x4.add(f32x4.mul(j, scale), shift);
    k = f32x4.add(f32x4.mul(k, scale), shift);
    l = f32x4.add(f32x4.mul(l, scale), shift);
  } while (--turns > 0);
  const sum = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  return f32x4.extract_lane(f32x4.add(sum, f32x4.add(f32x4.add(i, j), f32x4.add(k, l))), 0);
}
