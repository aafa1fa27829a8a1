/** The gradient of a convolution's weights; the planner writes it, in this order. Addresses and steps are bytes. */
@unmanaged
export class WeightGradient {
  kind: i32;
  /** The window of pixel (0, 0) of the first image. */
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  inputColumnStep: i32;
  /** Where each tap of a window lies (i32). */
  tapOffsets: usize;
  taps: i32;
  gradient: usize;
  gradientImageStep: i32;
  gradientRowStep: i32;
  gradientColumnStep: i32;
  rows: i32;
  /** 0: one row whose columns are the images (a dense layer). */
  columns: i32;
  /** Where among the shard's gradients; added to. */
  output: usize;
  vectors: i32;
  /** Dense: memory of the thread's own. */
  scratch: usize;
}
