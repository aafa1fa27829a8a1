// What a feature map is normalized by: while it learns, mean and variance of the batch, else those that ran along.
import { JOB, Job } from '../job';
import { COEFFICIENTS, laneOf, Normalization } from './normalization';

/** The shards' sums, in their order, so that it does not matter which thread has summed what. One thread keeps the running ones. */
export function batchStatistics(operation: usize): void {
  const n = changetype<Normalization>(operation);
  const job = changetype<Job>(JOB);
  const count = <f64>job.images * n.rows * n.columns;
  for (let channel = 0; channel < n.channels; channel++) {
    let sum: f64 = 0, squares: f64 = 0;
    for (let shard = 0; shard < job.shards; shard++) {
      const sums = job.gradients + shard * job.gradientBytes + n.sums + ((channel >> 2) << 6) + ((channel & 3) << 3);
      sum += load<f64>(sums);
      squares += load<f64>(sums, 32);
    }
    const mean = sum / count;
    const variance = squares / count - mean * mean;
    // Not below zero by rounding; NaN stays.
    setCoefficients(n, channel, mean, variance < 0 ? 0 : variance);
    if (n.runningMean != 0) keepRunning(n, channel, mean, variance < 0 ? 0 : variance, count);
  }
}

export function runningStatistics(operation: usize): void {
  const n = changetype<Normalization>(operation);
  for (let channel = 0; channel < n.channels; channel++)
    setCoefficients(n, channel, load<f32>(n.runningMean + (channel << 2)), load<f32>(n.runningVariance + (channel << 2)));
}

function setCoefficients(n: Normalization, channel: i32, mean: f64, variance: f64): void {
  const to = n.coefficients + laneOf(channel, COEFFICIENTS);
  const inverse = 1 / sqrt(variance + n.epsilon);
  store<f32>(to, <f32>mean);
  store<f32>(to, <f32>inverse, 16);
  store<f32>(to, <f32>(inverse * load<f32>(n.scale + (channel << 2))), 32);
  store<f32>(to, load<f32>(n.shift + (channel << 2)), 48);
}

/** As PyTorch: the running variance is the unbiased one, which one value alone does not have. */
function keepRunning(n: Normalization, channel: i32, mean: f64, variance: f64, count: f64): void {
  if (count < 2) return;
  keep(n.runningMean + (channel << 2), mean, n.momentum);
  keep(n.runningVariance + (channel << 2), (variance * count) / (count - 1), n.momentum);
}

@inline
function keep(at: usize, value: f64, momentum: f64): void {
  store<f32>(at, <f32>((1 - momentum) * load<f32>(at) + momentum * value));
}
