/**
 * A 3×3 convolution of strides 1, or the gradient of its weights, by Winograd's filtering of tiles of 4×4 outputs (`transforms.ts`).
 * The planner writes it, in this order (`plan/memory/operations.ts`); addresses and steps are bytes.
 */
@unmanaged
export class WinogradTiles {
  kind: i32;
  /** The window of output (0, 0) of the first image. */
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  inputPixelStep: i32;
  /** Of a pixel of the input, whole vectors. */
  inputVectors: i32;
  /** What is computed; for the weights' gradient, the gradient of it. */
  output: usize;
  outputImageStep: i32;
  outputRowStep: i32;
  outputPixelStep: i32;
  outputVectors: i32;
  /** Of the output. */
  rows: i32;
  columns: i32;
  /** Rows of tiles that are transformed and multiplied at a time. */
  chunkRows: i32;
  /** Those that `winogradTileWeights` has written. */
  weights: usize;
  bias: usize;
  /** The least value: 0 for relu, minus infinity for others. */
  floor: f32;
  /** Of the weights' gradient: where among the shard's it is added. */
  to: i32;
  /** Memory of the thread's own: what lies between the halves of a transform, and products. */
  scratch: usize;
  /** Where transformed patches go, and whether the way forward has left them there. */
  patches: usize;
  hasPatches: i32;
  /** What computes the same directly, where not everything is finite: a list of operations that ends with 0. */
  direct: usize;
}

/** Products of a tile and a pair of channels: 6×6 instead of 144. */
export const PLACES = 36;
/** How many tiles there are side by side. */
@inline
export function tilesOf(pixels: i32): i32 {
  return (pixels + 3) >> 2;
}

/** Tiles of a chunk, in whole blocks of four. */
@inline
export function chunkTiles(w: WinogradTiles): i32 {
  return (w.chunkRows * tilesOf(w.columns) + 3) & ~3;
}

/** From one place's vectors to the next one's: not a power of two, so that a tile's 36 do not lie in the same lines of the cache. */
@inline
export function placeStepOf(w: WinogradTiles, vectors: i32): i32 {
  return ((chunkTiles(w) * vectors) << 4) + 64;
}

/** Scratch begins with what lies between the halves of a transform: six vectors for each column of a row of tiles. */
@inline
export function betweenBytes(w: WinogradTiles): i32 {
  return (4 * tilesOf(w.columns) + 2) * 96;
}
