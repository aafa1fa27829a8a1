// 1 − SSIM and the squared error as `structuralSimilarity` has them, without a gradient, and so in the memory of the rows that a window reaches:
// row r of the image lies in place r mod `windowRows`. Lanes: two of the four values; two pixels a turn, so that a sum does not wait for the last.
import { loss } from '../shard';
import { C1, C2, FOUR, StructuralSimilarity } from './structuralSimilarity';

export function similarity(operation: usize, fromImage: i32, toImage: i32): void {
  const o = changetype<StructuralSimilarity>(operation);
  const rows = o.height - o.windowRows + 1, columns = o.width - o.windowColumns + 1;
  // The engine divides by the number of values.
  const valuesOfPlace = <f64>(o.height * o.width) / <f64>(rows * columns);
  let total: f64 = 0, squares: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let channel = 0; channel < o.channels; channel++) {
      const at = image * o.imageStep + (channel << 2);
      let differences: f64 = 0, dissimilarity: f64 = 0;
      for (let row = 0; row < o.height; row++) {
        differences = readRow(o, at, row, differences);
        const place = row - o.windowRows + 1;
        if (place < 0) continue;
        slideDown(o, place % o.windowRows);
        dissimilarity = compareRow(o, columns, dissimilarity);
      }
      squares += differences;
      total += dissimilarity * valuesOfPlace;
    }
  }
  const place = loss + o.lossAt;
  store<f64>(place, load<f64>(place) + total);
  store<f64>(place, load<f64>(place, 8) + squares, 8);
}

@inline
function rowBytesOf(o: StructuralSimilarity): usize {
  return (o.width + 1) * FOUR;
}

/** @returns the sum with this row's d² */
function readRow(o: StructuralSimilarity, at: usize, row: i32, before: f64): f64 {
  const pixelStep = o.pixelStep, toTarget = o.target - o.values;
  let to = o.pixels + (row % o.windowRows) * rowBytesOf(o), sum = before;
  let p = o.values + at + row * o.rowStep;
  const end = p + o.width * pixelStep;
  do {
    const x: f64 = load<f32>(p), y: f64 = load<f32>(p + toTarget);
    const d = x - y;
    store<f64>(to, x);
    store<f64>(to, d, 8);
    store<f64>(to, d * d, 16);
    store<f64>(to, x * x + y * y, 24);
    sum += d * d;
    to += FOUR;
    p += pixelStep;
  } while (p != end);
  return sum;
}

/** Sums of pixels below each other, for each column. @param first the place of the window's first row */
function slideDown(o: StructuralSimilarity, first: i32): void {
  const rowBytes = rowBytesOf(o);
  const weights = o.down, wrapAt = weights + ((o.windowRows - first) << 3), lastWeight = weights + (o.windowRows << 3);
  let p = o.pixels + first * rowBytes, top = o.pixels, to = o.sums;
  const end = to + o.width * FOUR;
  do {
    let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
    let q = p, w = weights, until = wrapAt;
    while (true) {
      do {
        const weight = v128.load_splat<f64>(w);
        a = f64x2.add(a, f64x2.mul(weight, v128.load(q)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(q, 16)));
        c = f64x2.add(c, f64x2.mul(weight, v128.load(q, 32)));
        d = f64x2.add(d, f64x2.mul(weight, v128.load(q, 48)));
        q += rowBytes;
        w += 8;
      } while (w != until);
      if (w == lastWeight) break;
      q = top;
      until = lastWeight;
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
    p += 2 * FOUR;
    top += 2 * FOUR;
    to += 2 * FOUR;
  } while (to < end);
}

/** The means at each place of a window. @returns the sum with what this row's a + b − ab come to */
function compareRow(o: StructuralSimilarity, columns: i32, before: f64): f64 {
  const weights = o.across, lastWeight = weights + (o.windowColumns << 3);
  let total = before;
  let p = o.sums;
  const end = p + columns * FOUR;
  while (true) {
    let a = f64x2.splat(0), b = f64x2.splat(0), c = f64x2.splat(0), d = f64x2.splat(0);
    let q = p, w = weights;
    do {
      const weight = v128.load_splat<f64>(w);
      a = f64x2.add(a, f64x2.mul(weight, v128.load(q)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(q, 16)));
      c = f64x2.add(c, f64x2.mul(weight, v128.load(q, 32)));
      d = f64x2.add(d, f64x2.mul(weight, v128.load(q, 48)));
      q += FOUR;
      w += 8;
    } while (w != lastWeight);
    total += compare(a, b);
    p += FOUR;
    if (p == end) return total;
    total += compare(c, d);
    p += FOUR;
    if (p == end) return total;
  }
}

@inline
function compare(first: v128, second: v128): f64 {
  const mean = f64x2.extract_lane(first, 0), difference = f64x2.extract_lane(first, 1);
  const means = mean * mean + (mean - difference) * (mean - difference);
  const a = (difference * difference) / (means + C1);
  const b = (f64x2.extract_lane(second, 0) - difference * difference) / (f64x2.extract_lane(second, 1) - means + C2);
  return a + b - a * b;
}
