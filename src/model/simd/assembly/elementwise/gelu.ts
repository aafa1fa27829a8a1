// x Φ(x), Φ the share of a normal distribution below x and φ its density: the exact form, within 1e-7; in place, and its derivative,
// Φ(x) + x φ(x), beside it. What is not finite goes where the formulas take it. Lanes: values side by side.
import { exponentialsOfSquares } from './exponential';

/** `../kernelConstants.ts` */
const CONSTANTS: usize = 704;

/** From `p` to `end`, at least one vector. */
export function gelu(p: usize, end: usize, toDerivative: usize): void {
  exponentialsOfSquares(p, end, toDerivative, f32x4.splat(-0.5));
  const scale = v128.load_splat<f32>(CONSTANTS), b1 = v128.load_splat<f32>(CONSTANTS, 4);
  const b2 = v128.load_splat<f32>(CONSTANTS, 8), b3 = v128.load_splat<f32>(CONSTANTS, 12);
  const b4 = v128.load_splat<f32>(CONSTANTS, 16), b5 = v128.load_splat<f32>(CONSTANTS, 20);
  const ofDensity = v128.load_splat<f32>(CONSTANTS, 24), farthest = v128.load_splat<f32>(CONSTANTS, 28);
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  do {
    const x = v128.load(p);
    const distance = f32x4.abs(x);
    // So far out `exponentialsOfSquares` stays where it is, and times a large x it would be something.
    const density = v128.andnot(f32x4.mul(v128.load(p + toDerivative), ofDensity), f32x4.gt(distance, farthest));
    const t = f32x4.div(one, f32x4.add(one, f32x4.mul(scale, distance)));
    const high = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(b5, t), b4), t), b3);
    const sum = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, t), b2), t), b1);
    const beyond = f32x4.mul(density, f32x4.mul(sum, t));
    const below = v128.bitselect(f32x4.sub(one, beyond), beyond, f32x4.gt(x, zero));
    v128.store(p, f32x4.mul(x, below));
    v128.store(p + toDerivative, f32x4.add(below, f32x4.mul(x, density)));
    p += 16;
  } while (p != end);
}
