// Adam and AdamW, as PyTorch computes them, on the sum of the shards' gradients in their order. Lanes: parameters side by side.
// Numbers: η / (1 − β₁ᵗ), 1 / √(1 − β₂ᵗ), β₁, 1 − β₁, β₂, 1 − β₂, ε.
import { JOB, Job } from '../job';
import { LEAST, NUMBERS } from './numbers';
import { gradientSum } from './gradientSum';

/** @param gradientsEnd behind the last shard */
export function adam(first: i32, last: i32, gradientsEnd: usize): void {
  const job = changetype<Job>(JOB);
  const step = v128.load_splat<f32>(NUMBERS);
  const scale = v128.load_splat<f32>(NUMBERS, 4);
  const beta1 = v128.load_splat<f32>(NUMBERS, 8), rest1 = v128.load_splat<f32>(NUMBERS, 12);
  const beta2 = v128.load_splat<f32>(NUMBERS, 16), rest2 = v128.load_splat<f32>(NUMBERS, 20);
  const epsilon = v128.load_splat<f32>(NUMBERS, 24);
  const leastFirst = v128.load_splat<f32>(LEAST), leastSecond = v128.load_splat<f32>(LEAST, 4);
  const decay = f32x4.splat(job.weightFactor);
  const gradients = job.gradients, shardStep = job.gradientBytes;
  const firstSlot = job.firstSlot, secondSlot = job.secondSlot, weights = job.weights;
  for (let at = first; at < last; at += 16) {
    const gradient = gradientSum(gradients + at, shardStep, gradientsEnd);
    const m = f32x4.add(f32x4.mul(v128.load(firstSlot + at), beta1), f32x4.mul(gradient, rest1));
    const v = f32x4.add(
      f32x4.mul(v128.load(secondSlot + at), beta2),
      f32x4.mul(f32x4.mul(gradient, gradient), rest2),
    );
    // NaN is kept.
    const moment = v128.andnot(m, f32x4.lt(f32x4.abs(m), leastFirst));
    v128.store(firstSlot + at, moment);
    v128.store(secondSlot + at, v128.andnot(v, f32x4.lt(v, leastSecond)));
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), scale), epsilon);
    const weight = weights + at;
    v128.store(weight, f32x4.sub(f32x4.mul(v128.load(weight), decay), f32x4.div(f32x4.mul(step, moment), denominator)));
  }
}
