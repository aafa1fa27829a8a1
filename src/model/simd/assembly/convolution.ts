/**
 * A convolution seen from its output: each output pixel is a bias and the sum of `kernelRows` runs of `run` values that lie
 * side by side, each multiplied with the weights of all output channels. The planner writes it, in this order
 * (`plan/operations.ts`); addresses and steps are bytes.
 */
@unmanaged
export class Convolution {
  kind: i32;
  /** The window of output pixel (0, 0) of the first image. */
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  inputColumnStep: i32;
  kernelRows: i32;
  kernelRowStep: i32;
  run: i32;
  output: usize;
  outputImageStep: i32;
  outputRowStep: i32;
  outputColumnStep: i32;
  rows: i32;
  /** 0: one row whose columns are the images (a dense layer). */
  columns: i32;
  weights: usize;
  bias: usize;
  /** The least value: 0 for relu, minus infinity for others. */
  floor: f32;
  /** Where each vector of output channels goes, relative to its pixel (i32); each lane, if `storedLanes` is not 0. */
  outputOffsets: usize;
  vectors: i32;
  storedLanes: i32;
  /** Fused pooling: where the winning pixel's window begins, relative to its image's `input`; an i32 beside each output. */
  winners: usize;
  /** Fused pooling: a list of where each window's input and output begin (pairs of i32), for each image or for all. */
  windows: usize;
  windowsImageStep: i32;
  /** Fused pooling: how many windows are listed (i32). */
  windowCount: usize;
  windowCountImageStep: i32;
}
