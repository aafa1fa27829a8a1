// The weights of a 3×3 convolution as Winograd's filtering of tiles multiplies them: G g Gᵀ, after each update. In float64 up to the
// last rounding: they are few, and each of their errors would be in every product. Lanes: output channels, two halves of four.

@unmanaged
class WinogradTileWeights {
  kind: i32;
  from: usize;
  to: usize;
  /** Where each weight is, in bytes from `from`: [output vector][input channel][tap of 9][output of 4] (i32). */
  offsets: usize;
  inputs: i32;
  outputVectors: i32;
}

/** @param part and `parts`: which share of the weights, when threads share the work */
export function winogradTileWeights(operation: usize, part: i32, parts: i32): void {
  const w = changetype<WinogradTileWeights>(operation);
  const count = w.inputs * w.outputVectors;
  const placeStep = count << 4;
  const last = (count * (part + 1)) / parts;
  for (let at = (count * part) / parts; at < last; at++) {
    const vector = at / w.inputs, channel = at % w.inputs;
    // Pairs of vectors lie side by side; one that is left stands alone.
    const isPaired = (vector | 1) < w.outputVectors;
    const place = isPaired ? (vector & ~1) * w.inputs + (channel << 1) + (vector & 1) : at;
    const offsets = w.offsets + at * 144, to = w.to + (place << 4);
    transformHalf(w.from, offsets, to, placeStep);
    transformHalf(w.from, offsets + 8, to + 8, placeStep);
  }
}

function transformHalf(from: usize, offsets: usize, to: usize, placeStep: i32): void {
  const a = two(from, offsets), b = two(from, offsets + 16), c = two(from, offsets + 32);
  const d = two(from, offsets + 48), e = two(from, offsets + 64), f = two(from, offsets + 80);
  const g = two(from, offsets + 96), h = two(from, offsets + 112), i = two(from, offsets + 128);
  const row = 6 * placeStep;
  storeRow(to, placeStep, a, b, c);
  storeRow(to + row, placeStep, transformed(a, d, g, 1), transformed(b, e, h, 1), transformed(c, f, i, 1));
  storeRow(to + 2 * row, placeStep, transformed(a, d, g, 2), transformed(b, e, h, 2), transformed(c, f, i, 2));
  storeRow(to + 3 * row, placeStep, transformed(a, d, g, 3), transformed(b, e, h, 3), transformed(c, f, i, 3));
  storeRow(to + 4 * row, placeStep, transformed(a, d, g, 4), transformed(b, e, h, 4), transformed(c, f, i, 4));
  storeRow(to + 5 * row, placeStep, g, h, i);
}

function storeRow(to: usize, placeStep: i32, a: v128, b: v128, c: v128): void {
  storeHalf(to, a);
  storeHalf(to + placeStep, transformed(a, b, c, 1));
  storeHalf(to + 2 * placeStep, transformed(a, b, c, 2));
  storeHalf(to + 3 * placeStep, transformed(a, b, c, 3));
  storeHalf(to + 4 * placeStep, transformed(a, b, c, 4));
  storeHalf(to + 5 * placeStep, c);
}

@inline
function two(from: usize, offsets: usize): v128 {
  const first = f64x2.splat(<f64>load<f32>(from + load<i32>(offsets)));
  return f64x2.replace_lane(first, 1, <f64>load<f32>(from + load<i32>(offsets, 4)));
}

@inline
function storeHalf(to: usize, values: v128): void {
  v128.store_lane<f64>(to, f32x4.demote_f64x2_zero(values), 0);
}

/** A row of G times three values: 1 and 2 are −⅔ (1, ±√½, ½), 3 and 4 are ⅙ (1, ±√2, 2). (The first and the last take a value as it is.) */
@inline
function transformed(a: v128, b: v128, c: v128, row: i32): v128 {
  const square = f64x2.splat(row < 3 ? 0.5 : 2), factor = f64x2.splat(row < 3 ? -2.0 / 3.0 : 1.0 / 6.0);
  const point = f64x2.splat((row < 3 ? Math.SQRT1_2 : Math.SQRT2) * (row & 1 ? 1 : -1));
  return f64x2.mul(factor, f64x2.add(f64x2.add(a, f64x2.mul(c, square)), f64x2.mul(b, point)));
}
