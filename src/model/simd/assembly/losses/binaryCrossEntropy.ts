// −t·log y − (1 − t)·log(1 − y) with PyTorch's bounds, its gradient times the job's scale, and the squared error beside it. One value
// after the other: it serves only where a sigmoid is pooled or resized before it comes out.
import { JOB, Job } from '../job';
import { loss } from '../shard';
import { Elementwise } from '../elementwise/elementwise';
import { logarithm } from '../elementwise/logarithm';

export function binaryCrossEntropy(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const scale = changetype<Job>(JOB).gradientScale * v.weight;
  const toTarget = v.target - v.values;
  const toGradient = v.gradient - v.values;
  let total: f64 = 0, squares: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      for (let group = 0; group < v.groups; group++) {
        const first = v.values + image * v.imageStep + row * v.rowStep + group * v.groupStep;
        const lastVector = first + ((v.vectors - 1) << 4);
        for (let p = first; p != lastVector + 16; p += 4) {
          if (p >= lastVector && load<i32>(v.mask + (p - lastVector)) == 0) {
            store<f32>(p + toGradient, 0);
            continue;
          }
          const output: f64 = load<f32>(p), target: f64 = load<f32>(p + toTarget);
          total -= target * boundedLog(output) + (1 - target) * boundedLog(1 - output);
          squares += (output - target) * (output - target);
          const variance = max<f64>(output * (1 - output), 1e-12);
          store<f32>(p + toGradient, <f32>(scale * ((output - target) / variance)));
        }
      }
    }
  }
  const place = loss + v.lossAt;
  store<f64>(place, load<f64>(place) + total);
  store<f64>(place, load<f64>(place, 8) + squares, 8);
}

@inline
function boundedLog(x: f64): f64 {
  return max<f64>(logarithm(x), -100);
}
