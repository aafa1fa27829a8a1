/**
 * Four standard normal numbers: `standardNormal` of `model/layers/definition/trainingNoise.ts`, bit by bit.
 * @param words of random bits @param table of their parts
 */
@inline
export function standardNormals(words: v128, table: usize): v128 {
  const mask = i32x4.splat(0x3ffc);
  const one = v128.and(i32x4.shr_u(words, 18), mask), other = v128.and(i32x4.shr_u(words, 6), mask);
  return f32x4.add(lookUp(one, table), lookUp(other, table));
}

@inline
function lookUp(offsets: v128, table: usize): v128 {
  let values = v128.load32_zero(table + i32x4.extract_lane(offsets, 0));
  values = v128.load32_lane(table + i32x4.extract_lane(offsets, 1), values, 1);
  values = v128.load32_lane(table + i32x4.extract_lane(offsets, 2), values, 2);
  return v128.load32_lane(table + i32x4.extract_lane(offsets, 3), values, 3);
}
