/**
 * Batch normalization of a feature map into another one of the same shape, whose borders may differ, or of half of it once pooled. The planner writes it, in this
 * order (`plan/memory/operations.ts`); addresses and steps are bytes.
 */
@unmanaged
export class Normalization {
  kind: i32;
  input: usize;
  inputGradient: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  output: usize;
  outputGradient: usize;
  outputImageStep: i32;
  outputRowStep: i32;
  /** Of the map that comes in. */
  rows: i32;
  columns: i32;
  channels: i32;
  /** The least value: 0 for relu, minus infinity for others. */
  floor: f32;
  /** Scale and shift, which are trained. */
  scale: usize;
  shift: usize;
  /** Where their gradients are among a shard's. */
  scaleGradient: i32;
  shiftGradient: i32;
  /** Where among a shard's gradients, for each vector of channels, the sums of values (f64) and of their squares are. */
  sums: i32;
  /** The thread's own: for each vector of channels `COEFFICIENTS` of them. */
  coefficients: usize;
  /** What inference normalizes by; 0 where another thread keeps them up to date. */
  runningMean: usize;
  runningVariance: usize;
  /** How much of the running statistics a batch replaces. */
  momentum: f32;
  epsilon: f32;
}

/** Vectors, one after the other: mean, 1 / standard deviation, their product with the scale, shift, and two for the way back. */
export const COEFFICIENTS = 6 * 16;

@inline
export function vectorsOf(n: Normalization): i32 {
  return (n.channels + 3) >> 2;
}

/** Where a channel's value is within vectors that lie `step` bytes apart. */
@inline
export function laneOf(channel: i32, step: i32): i32 {
  return (channel >> 2) * step + ((channel & 3) << 2);
}
