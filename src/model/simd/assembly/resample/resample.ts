/** Pooling and upsampling outside a fusion: one side is a map of small pixels, the other of large ones, of a window of them each. */
@unmanaged
export class Resample {
  kind: i32;
  /** The map with more pixels, its gradient, and what it takes for an image. */
  fine: usize;
  fineGradient: usize;
  fineImageStep: i32;
  fineRowStep: i32;
  finePixelStep: i32;
  coarse: usize;
  coarseGradient: usize;
  coarseImageStep: i32;
  coarseRowStep: i32;
  coarsePixelStep: i32;
  coarseRows: i32;
  coarseColumns: i32;
  windowRows: i32;
  windowColumns: i32;
  channels: i32;
  /** The fine gradient's memory for an image, since a border may be left out. */
  clear: usize;
  clearBytes: i32;
  /** Bilinear: for each fine pixel between two coarse ones what these count for, the one before and the one behind (f32 each). */
  weights: usize;
}
