/** Four float32 values, summed in float64. */
@inline
export function sumLanes(sum: v128): f64 {
  return (
    <f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) +
    (<f64>f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}
