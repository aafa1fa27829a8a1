// RMSprop, as PyTorch computes it. Lanes: parameters side by side. Numbers: η, α, 1 − α, ε, μ.
import { JOB, Job } from '../job';
import { gradientSum } from './gradientSum';
import { LEAST, NUMBERS } from './numbers';

/** @param gradientsEnd behind the last shard */
export function rmsprop(first: i32, last: i32, gradientsEnd: usize): void {
  const job = changetype<Job>(JOB);
  const learningRate = v128.load_splat<f32>(NUMBERS);
  const smoothing = v128.load_splat<f32>(NUMBERS, 4), rest = v128.load_splat<f32>(NUMBERS, 8);
  const epsilon = v128.load_splat<f32>(NUMBERS, 12), momentum = v128.load_splat<f32>(NUMBERS, 16);
  const least = v128.load_splat<f32>(LEAST, 4);
  for (let at = first; at < last; at += 16) {
    const gradient = gradientSum(job.gradients + at, job.gradientBytes, gradientsEnd);
    const v = f32x4.add(
      f32x4.mul(v128.load(job.firstSlot + at), smoothing),
      f32x4.mul(f32x4.mul(gradient, gradient), rest),
    );
    v128.store(job.firstSlot + at, v128.andnot(v, f32x4.lt(v, least)));
    let direction = f32x4.div(gradient, f32x4.add(f32x4.sqrt(v), epsilon));
    if (job.secondSlot != 0) {
      const sum = f32x4.add(f32x4.mul(v128.load(job.secondSlot + at), momentum), direction);
      direction = v128.andnot(sum, f32x4.lt(f32x4.abs(sum), least));
      v128.store(job.secondSlot + at, direction);
    }
    const weight = job.weights + at;
    v128.store(weight, f32x4.sub(v128.load(weight), f32x4.mul(learningRate, direction)));
  }
}
