// A vector of output channels to where they belong.
import { Convolution } from './convolution/convolution';

/** Whole, or each half to a place of its own. */
@inline
export function storeLanes(c: Convolution, vector: i32, pixel: usize, values: v128): void {
  if (!c.storesHalves) {
    v128.store(pixel + load<i32>(c.outputOffsets + (vector << 2)), values);
    return;
  }
  const offsets = c.outputOffsets + (vector << 3);
  v128.store_lane<f64>(pixel + load<i32>(offsets), values, 0);
  v128.store_lane<f64>(pixel + load<i32>(offsets, 4), values, 1);
}
