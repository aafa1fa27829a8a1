import { JOB, Job } from '../job';

/** Values that something is added to the loss for, and what a layer makes of them; the planner writes it, in this order. */
@unmanaged
export class Penalty {
  kind: i32;
  values: usize;
  gradient: usize;
  imageStep: i32;
  rowStep: i32;
  pixelStep: i32;
  rows: i32;
  columns: i32;
  channels: i32;
  output: usize;
  outputGradient: usize;
  outputImageStep: i32;
  outputRowStep: i32;
  outputPixelStep: i32;
  /** Which layer it is for those who draw (`noiseLayer` of `model/layers/definition/trainingNoise.ts`). */
  layer: i32;
  /** Parts of normal numbers (`../noise/standardNormal.ts`). */
  table: usize;
  /** How far behind the shard's loss its sum lies, in bytes. */
  sum: i32;
  /** What the sum counts for in the loss, once that has warmed up. */
  weight: f32;
  /** Updates over which it rises. */
  warmUp: i32;
}

/** What the derivative of an image's sum is multiplied by: `penaltyWeight` of `model/layers/definition/penalty.ts`, by the batch's images. */
export function gradientScale(v: Penalty): f64 {
  const job = changetype<Job>(JOB);
  const weight: f64 = v.weight;
  const warm = job.step < v.warmUp ? (weight * (job.step + 1)) / v.warmUp : weight;
  return warm * job.itemScale;
}
