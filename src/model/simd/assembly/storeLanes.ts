// A vector of output channels to where each of them belongs.
import { Convolution } from './convolution';

/** Whole (`storedLanes` 0), or lane by lane. */
@inline
export function storeLanes(c: Convolution, vector: i32, pixel: usize, values: v128): void {
  if (c.storedLanes == 0) {
    v128.store(pixel + load<i32>(c.outputOffsets + (vector << 2)), values);
    return;
  }
  const offsets = c.outputOffsets + ((vector * c.storedLanes) << 2);
  store<f32>(pixel + load<i32>(offsets), f32x4.extract_lane(values, 0));
  if (c.storedLanes > 1) store<f32>(pixel + load<i32>(offsets, 4), f32x4.extract_lane(values, 1));
  if (c.storedLanes > 2) store<f32>(pixel + load<i32>(offsets, 8), f32x4.extract_lane(values, 2));
  if (c.storedLanes > 3) store<f32>(pixel + load<i32>(offsets, 12), f32x4.extract_lane(values, 3));
}
