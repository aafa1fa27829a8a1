// The sums of a channel's values and of their squares, from which mean and variance follow. Lanes: channels, as f64: products of
// float32 are exact, so that a mean far from zero costs the variance no digits.
import { gradients } from '../shard';
import { Normalization, vectorsOf } from './normalization';

export function channelSums(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++) {
    let row = n.input + image * n.inputImageStep;
    for (const end = row + n.rows * n.inputRowStep; row != end; row += n.inputRowStep)
      for (let vector = 0; vector < vectors; vector += 2) sumRow(n, row, vector, vectors);
  }
}

/** Two vectors at a time, so that a sum need not wait for itself; a last one alone is both. */
function sumRow(n: Normalization, row: usize, vector: i32, vectors: i32): void {
  const pixelStep = vectors << 4;
  const second = min(vector + 1, vectors - 1) - vector;
  const sums = gradients + n.sums + (vector << 6), others = sums + (second << 6);
  const other = second << 4;
  let a = v128.load(sums), b = v128.load(sums, 16), aa = v128.load(sums, 32), bb = v128.load(sums, 48);
  let c = v128.load(others), d = v128.load(others, 16), cc = v128.load(others, 32), dd = v128.load(others, 48);
  let p = row + (vector << 4);
  const end = p + n.columns * pixelStep;
  do {
    let x = v128.load(p);
    let low = f64x2.promote_low_f32x4(x);
    let high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    a = f64x2.add(a, low);
    b = f64x2.add(b, high);
    aa = f64x2.add(aa, f64x2.mul(low, low));
    bb = f64x2.add(bb, f64x2.mul(high, high));
    x = v128.load(p + other);
    low = f64x2.promote_low_f32x4(x);
    high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
    c = f64x2.add(c, low);
    d = f64x2.add(d, high);
    cc = f64x2.add(cc, f64x2.mul(low, low));
    dd = f64x2.add(dd, f64x2.mul(high, high));
    p += pixelStep;
  } while (p != end);
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, aa, 32);
  v128.store(sums, bb, 48);
  v128.store(others, c);
  v128.store(others, d, 16);
  v128.store(others, cc, 32);
  v128.store(others, dd, 48);
}
