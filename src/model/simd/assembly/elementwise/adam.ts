// Adam, as PyTorch computes it, on the sum of the shards' gradients in their order. Lanes: parameters side by side.
import { JOB, Job } from '../job';

/** `../kernelConstants.ts` */
const CONSTANTS: usize = 576;

/** @param part and `parts`: which share of the parameters */
export function adam(part: i32, parts: i32): void {
  const job = changetype<Job>(JOB);
  const vectors = job.parameterBytes >> 4;
  const first = ((vectors * part) / parts) << 4;
  const last = ((vectors * (part + 1)) / parts) << 4;
  const step = f32x4.splat(job.stepSize);
  const scale = f32x4.splat(job.secondScale);
  const beta1 = v128.load_splat<f32>(CONSTANTS), rest1 = v128.load_splat<f32>(CONSTANTS, 4);
  const beta2 = v128.load_splat<f32>(CONSTANTS, 8), rest2 = v128.load_splat<f32>(CONSTANTS, 12);
  const epsilon = v128.load_splat<f32>(CONSTANTS, 16);
  const leastFirst = v128.load_splat<f32>(CONSTANTS, 20), leastSecond = v128.load_splat<f32>(CONSTANTS, 24);
  const gradientsEnd = job.gradients + job.shards * job.gradientBytes;
  for (let at = first; at < last; at += 16) {
    let g = job.gradients + at;
    let gradient = v128.load(g);
    for (g += job.gradientBytes; g < gradientsEnd; g += job.gradientBytes) gradient = f32x4.add(gradient, v128.load(g));
    const m = f32x4.add(f32x4.mul(v128.load(job.firstMoments + at), beta1), f32x4.mul(gradient, rest1));
    const v = f32x4.add(
      f32x4.mul(v128.load(job.secondMoments + at), beta2),
      f32x4.mul(f32x4.mul(gradient, gradient), rest2),
    );
    // NaN is kept.
    const moment = v128.andnot(m, f32x4.lt(f32x4.abs(m), leastFirst));
    v128.store(job.firstMoments + at, moment);
    v128.store(job.secondMoments + at, v128.andnot(v, f32x4.lt(v, leastSecond)));
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), scale), epsilon);
    const weight = job.weights + at;
    v128.store(weight, f32x4.sub(v128.load(weight), f32x4.div(f32x4.mul(step, moment), denominator)));
  }
}
