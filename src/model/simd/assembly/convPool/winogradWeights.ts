// The weights of a 3×3 convolution as Winograd's filtering multiplies them: G g Gᵀ, after each update.
// From [output][kernel row][kernel column][channel] to [place of 16][vector of outputs][group of 8 channels][output of 4][8].
// In float64, one by one: they are few, and each of their errors would be in every product.

@unmanaged
class WinogradWeights {
  kind: i32;
  from: usize;
  to: usize;
  /** A multiple of 4. */
  outputs: i32;
  channels: i32;
  /** Groups of 8 channels; the last may have zeros. */
  groups: i32;
}

/** @param part and `parts`: which share of the outputs, when threads share the work */
export function winogradWeights(operation: usize, part: i32, parts: i32): void {
  const w = changetype<WinogradWeights>(operation);
  const column = w.channels << 2;
  const row = 3 * column;
  const placeBytes = (w.outputs * w.groups) << 5;
  const last = (w.outputs * (part + 1)) / parts;
  for (let output = (w.outputs * part) / parts; output < last; output++)
    for (let channel = 0; channel < w.channels; channel++) {
      const from = w.from + output * 3 * row + (channel << 2);
      const group = (output >> 2) * w.groups + (channel >> 3);
      const to = w.to + (group << 7) + ((output & 3) << 5) + ((channel & 7) << 2);
      transformRow(from, row, column, to, placeBytes, 0);
      transformRow(from, row, column, to + 4 * placeBytes, placeBytes, 1);
      transformRow(from, row, column, to + 8 * placeBytes, placeBytes, 2);
      transformRow(from, row, column, to + 12 * placeBytes, placeBytes, 3);
    }
}

/** One row of four places, rounded once. */
@inline
function transformRow(from: usize, row: i32, column: i32, to: usize, placeBytes: i32, place: i32): void {
  const a = down(from, row, place), b = down(from + column, row, place), c = down(from + 2 * column, row, place);
  store<f32>(to, <f32>a);
  store<f32>(to + placeBytes, <f32>transformed(a, b, c, 1));
  store<f32>(to + 2 * placeBytes, <f32>transformed(a, b, c, 2));
  store<f32>(to + 3 * placeBytes, <f32>c);
}

@inline
function down(from: usize, row: i32, place: i32): f64 {
  return transformed(load<f32>(from), load<f32>(from + row), load<f32>(from + 2 * row), place);
}

/** A row of G times three values: (1, 0, 0), (½, ½, ½), (½, −½, ½), (0, 0, 1). */
@inline
function transformed(a: f64, b: f64, c: f64, row: i32): f64 {
  if (row == 0) return a;
  if (row == 3) return c;
  return 0.5 * (row == 1 ? a + c + b : a + c - b);
}
