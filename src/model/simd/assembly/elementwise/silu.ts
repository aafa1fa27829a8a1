// x s, s = 1 / (1 + e⁻ˣ); in place, and its derivative, s (1 + x (1 − s)), beside it. What is not finite goes where the formulas
// take it. Lanes: values side by side.
import { exponentialsBeside } from './exponential';

/** From `p` to `end`, at least one vector. */
export function silu(p: usize, end: usize, toDerivative: usize): void {
  exponentialsBeside(p, end, toDerivative, f32x4.splat(-1));
  const one = f32x4.splat(1), farthest = f32x4.splat(-40);
  do {
    const x = v128.load(p);
    // So far out `exponentialsBeside` stays where it is, and times a large x it would be something.
    const s = v128.andnot(f32x4.div(one, f32x4.add(one, v128.load(p + toDerivative))), f32x4.lt(x, farthest));
    v128.store(p, f32x4.mul(x, s));
    v128.store(p + toDerivative, f32x4.mul(s, f32x4.add(one, f32x4.mul(x, f32x4.sub(one, s)))));
    p += 16;
  } while (p != end);
}
