// Binary cross-entropy of a sigmoid's input z, (1 − t)z − min(z, 0) + log(1 + e^−|z|), its gradient by z times the job's scale, which is
// that of sigmoid z − t, and the squared error beside it. The logarithms of a row are one logarithm of a product. Lanes: values side by side.
import { JOB, Job } from '../job';
import { loss } from '../shard';
import { multiplyAdd } from '../vectors';
import { Elementwise } from '../elementwise/elementwise';
import { exponentials } from '../elementwise/exponential';
import { logarithm } from '../elementwise/logarithm';
import { sumLanes } from '../elementwise/sumLanes';

/** Each factor is 2 at most: four lanes of so many stay below 2¹⁰⁰⁰. */
const FACTORS = 250;

export function binaryCrossEntropyOfLogits(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const mask = v128.load(v.mask);
  const scale = f32x4.splat(changetype<Job>(JOB).gradientScale * v.weight);
  const toTarget = v.target - v.values;
  const toGradient = v.gradient - v.values;
  const zero = f32x4.splat(0), one = f32x4.splat(1), oneWide = f64x2.splat(1);
  let total: f64 = 0, squares: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep;
      const rowEnd = p + v.groups * v.groupStep;
      // e^−|z| where the gradient will lie.
      for (let q = p; q != rowEnd; q += 16) v128.store(q + toGradient, f32x4.neg(f32x4.abs(v128.load(q))));
      exponentials(p + toGradient, rowEnd + toGradient, one);
      let sum = zero, square = zero;
      let low = oneWide, high = oneWide;
      let factors = FACTORS;
      let groupEnd = p + v.groupStep;
      do {
        const used = p + 16 == groupEnd ? mask : i32x4.splat(-1);
        if (p + 16 == groupEnd) groupEnd += v.groupStep;
        const z = v128.and(v128.load(p), used);
        const target = v128.and(v128.load(p + toTarget), used);
        const exponential = v128.and(v128.load(p + toGradient), used);
        sum = f32x4.add(sum, f32x4.sub(f32x4.mul(f32x4.sub(one, target), z), f32x4.min(z, zero)));
        low = f64x2.mul(low, f64x2.add(oneWide, f64x2.promote_low_f32x4(exponential)));
        const upper = v128.shuffle<f32>(exponential, exponential, 2, 3, 2, 3);
        high = f64x2.mul(high, f64x2.add(oneWide, f64x2.promote_low_f32x4(upper)));
        const numerator = v128.bitselect(exponential, one, f32x4.lt(z, zero));
        const output = f32x4.div(numerator, f32x4.add(one, exponential));
        const difference = v128.and(f32x4.sub(output, target), used);
        square = multiplyAdd(difference, difference, square);
        v128.store(p + toGradient, f32x4.mul(scale, difference));
        p += 16;
        if (--factors == 0) {
          total += logarithm(product(low, high));
          low = oneWide;
          high = oneWide;
          factors = FACTORS;
        }
      } while (p != rowEnd);
      total += sumLanes(sum) + logarithm(product(low, high));
      squares += sumLanes(square);
    }
  }
  const place = loss + v.lossAt;
  store<f64>(place, load<f64>(place) + total);
  store<f64>(place, load<f64>(place, 8) + squares, 8);
}

@inline
function product(low: v128, high: v128): f64 {
  const lanes = f64x2.mul(low, high);
  return f64x2.extract_lane(lanes, 0) * f64x2.extract_lane(lanes, 1);
}
