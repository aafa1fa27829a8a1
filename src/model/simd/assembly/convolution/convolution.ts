/**
 * A convolution seen from its output: each output pixel is a bias and the sum of `kernelRows` rows of `rowValues` values that lie
 * side by side, each multiplied with the weights of all output channels. The planner writes it, in this order
 * (`plan/memory/operations.ts`); addresses and steps are bytes.
 */
@unmanaged
export class Convolution {
  kind: i32;
  input: usize;
  inputImageStep: i32;
  kernelRows: i32;
  kernelRowStep: i32;
  rowValues: i32;
  output: usize;
  outputImageStep: i32;
  weights: usize;
  bias: usize;
  /** The least value: 0 for relu, minus infinity for others. */
  floor: f32;
  /** Where each vector of output channels goes, relative to its pixel (i32); each half of it, if `storesHalves`. */
  outputOffsets: usize;
  vectors: i32;
  storesHalves: i32;
  /**
   * Blocks of pixels that are computed together: where the first one's window begins in an image, how much further those of
   * the others begin, and the same for where they go (i32 each). Fused pooling: where each 2×2 window's pixels and its
   * output begin.
   */
  blocks: usize;
  /** How far the lists of two images lie apart; 0: there is one for all. */
  blocksImageStep: i32;
  /** Where it says how many blocks are listed (i32), for each image or for all. */
  blockCount: usize;
  blockCountImageStep: i32;
  /** Not 0: the pixels are those of as many images, one each (a dense layer), and all of them are one image, the first. */
  pixelsAreImages: i32;
  /** Fused pooling: steps from one pixel of a window to the next. */
  inputRowStep: i32;
  inputColumnStep: i32;
  /** Fused pooling: where the winning pixel's window begins, relative to its image's `input`; an i32 beside each output. */
  argmax: usize;
  /** Winograd: memory of the thread's own, and what computes the same directly: a list of operations that ends with 0. */
  scratch: usize;
  direct: usize;
  /** Dense: how much of `scratch` is an image's, and where it says that all weights are finite (i32). */
  scratchStep: i32;
  finite: usize;
}

/** How many blocks of `pixels` pixels an image has, or all images from this one on where they are pixels. */
@inline
export function countBlocks(c: Convolution, image: i32, toImage: i32, pixels: i32): i32 {
  if (c.pixelsAreImages) return (toImage - image + pixels - 1) / pixels;
  return load<i32>(c.blockCount + image * c.blockCountImageStep);
}
