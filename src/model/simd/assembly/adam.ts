// Adam, as PyTorch computes it, on the sum of the shards' gradients in their order. Lanes: parameters side by side.
import { JOB, Job } from './job';

/** @param part and `parts`: which share of the parameters */
export function adam(part: i32, parts: i32): void {
  const job = changetype<Job>(JOB);
  const vectors = job.parameterBytes >> 4;
  const first = ((vectors * part) / parts) << 4;
  const last = ((vectors * (part + 1)) / parts) << 4;
  const step = f32x4.splat(job.stepSize);
  const scale = f32x4.splat(job.secondScale);
  const tiny = f32x4.splat(1e-30);
  const gradientsEnd = job.gradients + job.shards * job.gradientBytes;
  for (let at = first; at < last; at += 16) {
    let g = job.gradients + at;
    let gradient = v128.load(g);
    for (g += job.gradientBytes; g < gradientsEnd; g += job.gradientBytes) gradient = f32x4.add(gradient, v128.load(g));
    const m = f32x4.add(f32x4.mul(v128.load(job.firstMoments + at), f32x4.splat(0.9)), f32x4.mul(gradient, f32x4.splat(0.1)));
    const v = f32x4.add(
      f32x4.mul(v128.load(job.secondMoments + at), f32x4.splat(0.999)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(0.001)),
    );
    // A moment that decays for ever would end among the denormal numbers, which are slow; NaN is kept.
    const moment = v128.andnot(m, f32x4.lt(f32x4.abs(m), tiny));
    v128.store(job.firstMoments + at, moment);
    v128.store(job.secondMoments + at, v128.andnot(v, f32x4.lt(v, f32x4.splat(1e-37))));
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), scale), f32x4.splat(1e-8));
    const weight = job.weights + at;
    v128.store(weight, f32x4.sub(v128.load(weight), f32x4.div(f32x4.mul(step, moment), denominator)));
  }
}
