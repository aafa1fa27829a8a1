import { Job } from '../job';

/** The shards' gradients of four parameters, summed in their order. @param gradientsEnd behind the last shard */
@inline
export function gradientSum(job: Job, at: i32, gradientsEnd: usize): v128 {
  let g = job.gradients + at;
  let gradient = v128.load(g);
  for (g += job.gradientBytes; g < gradientsEnd; g += job.gradientBytes) gradient = f32x4.add(gradient, v128.load(g));
  return gradient;
}
