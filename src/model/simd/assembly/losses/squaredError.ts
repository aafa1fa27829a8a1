// The sum of squared differences, and its gradient times the job's scale. Lanes: values side by side.
import { JOB, Job } from '../job';
import { multiplyAdd } from '../vectors';
import { loss } from '../shard';
import { Elementwise } from '../elementwise/elementwise';

export function squaredError(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const mask = v128.load(v.mask);
  const scale = f32x4.splat(changetype<Job>(JOB).gradientScale * v.weight);
  const toTarget = v.target - v.values;
  const toGradient = v.gradient - v.values;
  let total: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let sum = f32x4.splat(0);
      let p = v.values + image * v.imageStep + row * v.rowStep;
      const rowEnd = p + v.groups * v.groupStep;
      const groupRest = v.groupStep - (v.vectors << 4);
      while (p != rowEnd) {
        const last = p + ((v.vectors - 1) << 4);
        for (; p != last; p += 16) {
          const difference = f32x4.sub(v128.load(p), v128.load(p + toTarget));
          sum = multiplyAdd(difference, difference, sum);
          v128.store(p + toGradient, f32x4.mul(scale, difference));
        }
        const difference = v128.and(f32x4.sub(v128.load(p), v128.load(p + toTarget)), mask);
        sum = multiplyAdd(difference, difference, sum);
        v128.store(p + toGradient, f32x4.mul(scale, difference));
        p += 16 + groupRest;
      }
      total +=
        <f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) +
        (<f64>f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    }
  }
  const place = loss + v.lossAt;
  store<f64>(place, load<f64>(place) + total);
}
