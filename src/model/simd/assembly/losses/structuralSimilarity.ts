// 1 − SSIM, its gradient times the job's scale, and the squared error beside it; the letters are those of `model/losses/structuralSimilarity.ts`
// and `structuralSimilarityLoss.ts`. Channel by channel, in float64, since variances are differences of sums. Three arrays of four values each:
// pixels (x, d, d², x² + y²); sums down the window at each column, later those of the way back; windows (means, later P, Q, R).
// Lanes: two of the four values; so a window needs no masks, however wide the image.
import { JOB, Job } from '../job';
import { loss } from '../shard';

export const C1: f64 = 0.01 * 0.01;
export const C2: f64 = 0.03 * 0.03;
/** Bytes of four values. */
export const FOUR: usize = 32;

@unmanaged
export class StructuralSimilarity {
  kind: i32;
  values: usize;
  gradient: usize;
  imageStep: i32;
  rowStep: i32;
  pixelStep: i32;
  height: i32;
  width: i32;
  channels: i32;
  target: usize;
  /** What a window weighs down and across (f64), and of how many rows and columns it is. */
  down: usize;
  across: usize;
  windowRows: i32;
  windowColumns: i32;
  /** Without a gradient: the rows that a window reaches, and of the sums one row; an unused pixel at the end of each. */
  pixels: usize;
  sums: usize;
  /** Only with a gradient. */
  windows: usize;
  /** Where among the shard's losses its own goes, in bytes. */
  lossAt: i32;
  weight: f32;
}

export function structuralSimilarity(operation: usize, fromImage: i32, toImage: i32): void {
  const o = changetype<StructuralSimilarity>(operation);
  const rows = o.height - o.windowRows + 1, columns = o.width - o.windowColumns + 1;
  // The engine divides by the number of values.
  const valuesOfPlace = <f64>(o.height * o.width) / <f64>(rows * columns);
  const scale = <f64>changetype<Job>(JOB).gradientScale * o.weight * valuesOfPlace;
  let total: f64 = 0, squares: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let channel = 0; channel < o.channels; channel++) {
      const at = image * o.imageStep + (channel << 2);
      squares += readPixels(o, at);
      slideDown(o, rows);
      total += compareWindows(o, rows, columns) * valuesOfPlace;
      spreadAcross(o, rows, columns);
      spreadDown(o, at, rows, scale);
    }
  }
  const place = loss + o.lossAt;
  store<f64>(place, load<f64>(place) + total);
  store<f64>(place, load<f64>(place, 8) + squares, 8);
}

/** @returns the sum of d² */
function readPixels(o: StructuralSimilarity, at: usize): f64 {
  const pixelStep = o.pixelStep, toTarget = o.target - o.values;
  let to = o.pixels, sum: f64 = 0;
  for (let row = 0; row < o.height; row++) {
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
  }
  return sum;
}

/** Sums of pixels below each other, for each column and each place of a window. */
function slideDown(o: StructuralSimilarity, rows: i32): void {
  const rowBytes = o.width * FOUR;
  const weights = o.down, lastWeight = weights + (o.windowRows << 3);
  let p = o.pixels, to = o.sums;
  const end = to + rows * rowBytes;
  do {
    let a = f64x2.splat(0), b = f64x2.splat(0);
    let q = p, w = weights;
    do {
      const weight = v128.load_splat<f64>(w);
      a = f64x2.add(a, f64x2.mul(weight, v128.load(q)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(q, 16)));
      q += rowBytes;
      w += 8;
    } while (w != lastWeight);
    v128.store(to, a);
    v128.store(to, b, 16);
    p += FOUR;
    to += FOUR;
  } while (to != end);
}

/** The means at each place of a window, what they come to, and P, Q and R. @returns the sum of a + b − ab */
function compareWindows(o: StructuralSimilarity, rows: i32, columns: i32): f64 {
  const weights = o.across, lastWeight = weights + (o.windowColumns << 3);
  let to = o.windows, total: f64 = 0;
  for (let row = 0; row < rows; row++) {
    let p = o.sums + row * o.width * FOUR;
    const end = p + columns * FOUR;
    do {
      let first = f64x2.splat(0), second = f64x2.splat(0);
      let q = p, w = weights;
      do {
        const weight = v128.load_splat<f64>(w);
        first = f64x2.add(first, f64x2.mul(weight, v128.load(q)));
        second = f64x2.add(second, f64x2.mul(weight, v128.load(q, 16)));
        q += FOUR;
        w += 8;
      } while (w != lastWeight);
      const mean = f64x2.extract_lane(first, 0), difference = f64x2.extract_lane(first, 1);
      const means = mean * mean + (mean - difference) * (mean - difference);
      const brightnesses = means + C1, variances = f64x2.extract_lane(second, 1) - means + C2;
      const a = (difference * difference) / brightnesses;
      const b = (f64x2.extract_lane(second, 0) - difference * difference) / variances;
      total += a + b - a * b;
      const byDifference = (2 * (1 - a)) / variances;
      const byBrightness = (2 * (1 - b) * (difference - a * mean)) / brightnesses;
      store<f64>(to, byBrightness - byDifference * (difference - b * mean));
      store<f64>(to, byDifference, 8);
      store<f64>(to, -b * byDifference, 16);
      store<f64>(to, 0, 24);
      to += FOUR;
      p += FOUR;
    } while (p != end);
  }
  return total;
}

/** The way back along rows: for each column the windows that see it. */
function spreadAcross(o: StructuralSimilarity, rows: i32, columns: i32): void {
  let to = o.sums;
  for (let row = 0; row < rows; row++) {
    const windows = o.windows + row * columns * FOUR;
    for (let column = 0; column < o.width; column++, to += FOUR) {
      const first = max(0, column - columns + 1), last = min(o.windowColumns - 1, column);
      const end = o.across + (last << 3);
      let a = f64x2.splat(0), b = f64x2.splat(0);
      let q = windows + (column - first) * FOUR, w = o.across + (first << 3);
      do {
        const weight = v128.load_splat<f64>(w);
        a = f64x2.add(a, f64x2.mul(weight, v128.load(q)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(q, 16)));
        q -= FOUR;
        w += 8;
      } while (w <= end);
      v128.store(to, a);
      v128.store(to, b, 16);
    }
  }
}

/** The way back along columns, to the gradient of each pixel. */
function spreadDown(o: StructuralSimilarity, at: usize, rows: i32, scale: f64): void {
  const rowBytes = o.width * FOUR, pixelStep = o.pixelStep;
  let pixel = o.pixels;
  for (let row = 0; row < o.height; row++) {
    const first = max(0, row - rows + 1), last = min(o.windowRows - 1, row);
    const begin = o.down + (first << 3), end = o.down + (last << 3);
    let p = o.sums + (row - first) * rowBytes;
    let to = o.gradient + at + row * o.rowStep;
    const rowEnd = to + o.width * pixelStep;
    do {
      let a = f64x2.splat(0), b = f64x2.splat(0);
      let q = p, w = begin;
      do {
        const weight = v128.load_splat<f64>(w);
        a = f64x2.add(a, f64x2.mul(weight, v128.load(q)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(q, 16)));
        q -= rowBytes;
        w += 8;
      } while (w <= end);
      const sum =
        f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1) * load<f64>(pixel, 8) + f64x2.extract_lane(b, 0) * load<f64>(pixel);
      store<f32>(to, <f32>(scale * sum));
      p += FOUR;
      pixel += FOUR;
      to += pixelStep;
    } while (to != rowEnd);
  }
}
