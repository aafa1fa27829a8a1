// Losses of the difference alone, each with its gradient times the job's scale, and the squared error beside it: the mean absolute
// error |d| with sign d, and Huber's ½d² up to δ, δ(|d| − ½δ) beyond, with d held within ±δ. Lanes: values side by side.
import { JOB, Job } from '../job';
import { loss } from '../shard';
import { multiplyAdd } from '../vectors';
import { Elementwise } from '../elementwise/elementwise';
import { sumLanes } from '../elementwise/sumLanes';

export function absoluteError(operation: usize, fromImage: i32, toImage: i32): void {
  ofKind(changetype<Elementwise>(operation), fromImage, toImage, false);
}

export function huberLoss(operation: usize, fromImage: i32, toImage: i32): void {
  ofKind(changetype<Elementwise>(operation), fromImage, toImage, true);
}

@inline
function ofKind(v: Elementwise, fromImage: i32, toImage: i32, isHuber: bool): void {
  const job = changetype<Job>(JOB);
  const mask = v128.load(v.mask);
  const scale = f32x4.splat(job.gradientScale * v.weight);
  const delta = f32x4.splat(job.huberDelta);
  const toTarget = v.target - v.values;
  const toGradient = v.gradient - v.values;
  let total: f64 = 0, squares: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let sum = f32x4.splat(0), square = f32x4.splat(0);
      let p = v.values + image * v.imageStep + row * v.rowStep;
      const rowEnd = p + v.groups * v.groupStep;
      const groupRest = v.groupStep - (v.vectors << 4);
      while (p != rowEnd) {
        const groupEnd = p + (v.vectors << 4);
        do {
          const used = p + 16 == groupEnd ? mask : i32x4.splat(-1);
          const difference = v128.and(f32x4.sub(v128.load(p), v128.load(p + toTarget)), used);
          sum = f32x4.add(sum, isHuber ? huberValue(difference, delta) : f32x4.abs(difference));
          square = multiplyAdd(difference, difference, square);
          const gradient = isHuber ? f32x4.max(f32x4.min(difference, delta), f32x4.neg(delta)) : sign(difference);
          v128.store(p + toGradient, f32x4.mul(scale, gradient));
          p += 16;
        } while (p != groupEnd);
        p += groupRest;
      }
      total += sumLanes(sum);
      squares += sumLanes(square);
    }
  }
  const place = loss + v.lossAt;
  store<f64>(place, load<f64>(place) + total);
  store<f64>(place, load<f64>(place, 8) + squares, 8);
}

@inline
function huberValue(difference: v128, delta: v128): v128 {
  const half = f32x4.splat(0.5);
  const distance = f32x4.abs(difference);
  const near = f32x4.mul(half, f32x4.mul(difference, difference));
  const far = f32x4.mul(delta, f32x4.sub(distance, f32x4.mul(half, delta)));
  return v128.bitselect(near, far, f32x4.le(distance, delta));
}

/** −1, 0 or 1; NaN is kept. */
@inline
function sign(x: v128): v128 {
  const zero = f32x4.splat(0), one = f32x4.splat(1);
  const ofNumber = f32x4.sub(v128.and(f32x4.gt(x, zero), one), v128.and(f32x4.lt(x, zero), one));
  return v128.bitselect(x, ofNumber, f32x4.ne(x, x));
}
