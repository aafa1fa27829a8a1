// Values 0..1 of a feature map as bytes 0..255, as `inference/pictureBatch.ts` makes them: the product in float64, rounded to even; what lies
// beyond is brought to the ends, NaN is 0. Lanes: values side by side.
import { Images } from './images';

export function storeBytes(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const o = changetype<Images>(operation);
  const isPacked = o.mapPixelStep == o.channels << 2;
  const pieces = isPacked ? 1 : o.width;
  const length = isPacked ? o.width * o.channels : o.channels;
  let to = o.images + (first + fromImage) * (o.height * o.width * o.channels);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < o.height; row++) {
      const from = o.map + image * o.mapImageStep + row * o.mapRowStep;
      for (let piece = 0; piece < pieces; piece++) {
        storePiece(from + piece * o.mapPixelStep, to, length);
        to += length;
      }
    }
  }
}

@inline
function storePiece(from: usize, to: usize, length: i32): void {
  const end = to + length;
  for (; to + 4 <= end; from += 16, to += 4) v128.store32_lane(to, inBytes(v128.load(from)), 0);
  for (; to < end; from += 4, to++) v128.store8_lane(to, inBytes(v128.load32_zero(from)), 0);
}

@inline
function inBytes(values: v128): v128 {
  const low = inIntegers(values), high = inIntegers(v128.shuffle<i32>(values, values, 2, 3, 2, 3));
  const shorts = i16x8.narrow_i32x4_s(v128.shuffle<i64>(low, high, 0, 2), low);
  return i8x16.narrow_i16x8_u(shorts, shorts);
}

/** The first two. */
@inline
function inIntegers(values: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(values), f64x2.splat(255))));
}
