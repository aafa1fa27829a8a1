// The squares of all gradients, summed in parts that do not depend on the number of threads. Lanes: parameters side by side, as f64.
import { JOB, Job } from '../job';
import { gradientSum } from './gradientSum';

/** `SQUARE_SUMS` of `plan/planNetwork.ts` */
const PARTS = 64;

/** @param thread and `threads`: which share of the parts */
export function sumSquares(thread: i32, threads: i32): void {
  const job = changetype<Job>(JOB);
  const vectors = job.parameterBytes >> 4;
  const gradientsEnd = job.gradients + job.shards * job.gradientBytes;
  for (let part = (PARTS * thread) / threads; part < (PARTS * (thread + 1)) / threads; part++) {
    const last = <i32>((<i64>vectors * (part + 1)) / PARTS) << 4;
    let sum = f64x2.splat(0);
    for (let at = <i32>((<i64>vectors * part) / PARTS) << 4; at < last; at += 16) {
      const gradient = v128.and(gradientSum(job.gradients + at, job.gradientBytes, gradientsEnd), v128.load(job.mask + at));
      const low = f64x2.promote_low_f32x4(gradient);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(gradient, gradient, 2, 3, 2, 3));
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
    store<f64>(job.squares + (part << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}
