// One update of a thread's share of the parameters: gradients are scaled and decay, the optimizer does the rest.
import { JOB, Job } from '../job';
import { adam } from './adam';
import { gradientSum } from './gradientSum';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** @param part and `parts`: which share of the parameters */
export function update(part: i32, parts: i32): void {
  const job = changetype<Job>(JOB);
  const vectors = job.parameterBytes >> 4;
  const first = ((vectors * part) / parts) << 4;
  const last = ((vectors * (part + 1)) / parts) << 4;
  let shards = job.shards;
  if (job.gradientFactor != 1 || job.gradientDecay != 0) {
    adjustGradients(job, first, last);
    shards = 1;
  }
  const gradientsEnd = job.gradients + shards * job.gradientBytes;
  // The numbers are those of `jobMemory.ts`.
  switch (job.optimizer) {
    case 1: return adam(first, last, gradientsEnd);
    case 2: return sgd(first, last, gradientsEnd);
    case 3: return rmsprop(first, last, gradientsEnd);
    default: unreachable();
  }
}

/** The sum of the shards becomes that of the first one alone: clipped, and with the weights' decay. */
function adjustGradients(job: Job, first: i32, last: i32): void {
  const factor = f32x4.splat(job.gradientFactor), decay = f32x4.splat(job.gradientDecay);
  const gradientsEnd = job.gradients + job.shards * job.gradientBytes;
  for (let at = first; at < last; at += 16) {
    const gradient = f32x4.mul(gradientSum(job.gradients + at, job.gradientBytes, gradientsEnd), factor);
    v128.store(job.gradients + at, f32x4.add(gradient, f32x4.mul(v128.load(job.weights + at), decay)));
  }
}
