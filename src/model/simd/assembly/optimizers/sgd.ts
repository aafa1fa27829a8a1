// Stochastic gradient descent, as PyTorch computes it. Lanes: parameters side by side. Numbers: η, μ, 1 for Nesterov's.
import { JOB, Job } from '../job';
import { gradientSum } from './gradientSum';
import { LEAST, NUMBERS } from './numbers';

/** @param gradientsEnd behind the last shard */
export function sgd(first: i32, last: i32, gradientsEnd: usize): void {
  const job = changetype<Job>(JOB);
  const learningRate = v128.load_splat<f32>(NUMBERS), momentum = v128.load_splat<f32>(NUMBERS, 4);
  const isNesterov = load<f32>(NUMBERS, 8) != 0;
  const least = v128.load_splat<f32>(LEAST, 4);
  for (let at = first; at < last; at += 16) {
    let direction = gradientSum(job.gradients + at, job.gradientBytes, gradientsEnd);
    if (job.firstSlot != 0) {
      const sum = f32x4.add(f32x4.mul(v128.load(job.firstSlot + at), momentum), direction);
      const buffer = v128.andnot(sum, f32x4.lt(f32x4.abs(sum), least));
      v128.store(job.firstSlot + at, buffer);
      direction = isNesterov ? f32x4.add(direction, f32x4.mul(momentum, buffer)) : buffer;
    }
    const weight = job.weights + at;
    v128.store(weight, f32x4.sub(v128.load(weight), f32x4.mul(learningRate, direction)));
  }
}
