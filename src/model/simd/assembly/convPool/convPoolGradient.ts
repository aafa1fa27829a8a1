/** What a fused convolution and pooling needs on the way back; the planner writes it, in this order. */
@unmanaged
export class ConvPoolGradient {
  kind: i32;
  /** Of the pooled output, after the activation's derivative. */
  gradient: usize;
  gradientImageStep: i32;
  argmax: usize;
  /** Pairs of input and output offset (i32). */
  windows: usize;
  count: i32;
  /** Windows that see anything but zeros, as `findNonZeroWindows` left them, or 0. */
  found: usize;
  foundImageStep: i32;
  foundCount: usize;
  foundCountImageStep: i32;
  /** Tells whether a gradient is not finite: then zeros must not be skipped. */
  biasGradient: usize;
  channels: i32;
  input: usize;
  inputImageStep: i32;
  kernelRows: i32;
  kernelRowStep: i32;
  /** Vectors of a kernel row. */
  rowVectors: i32;
  /** [output channel][kernel row][row value]. */
  weights: usize;
  /** Where among the shard's gradients that of the weights is, laid out as they are; added to. */
  output: usize;
  /** Where `input`'s gradient goes, laid out as the input is, or 0. */
  inputGradient: usize;
  /** The whole of that gradient's memory for an image. */
  clear: usize;
  clearBytes: i32;
  clearImageStep: i32;
  /** Room for four lists of (gradient, offset) pairs, one for each window. */
  list: usize;
  listStep: i32;
}
