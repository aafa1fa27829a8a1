// The sums of a channel's values and of their squares, from which mean and variance follow. Lanes: channels, as f64: products of
// float32 are exact, so that a mean far from zero costs the variance no digits.
import { gradients } from '../shard';
import { Normalization, vectorsOf } from './normalization';

export function channelSums(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) oneVector(n, image, vector, vectors << 4);
}

function oneVector(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const sums = gradients + n.sums + (vector << 6);
  let a = v128.load(sums), b = v128.load(sums, 16), aa = v128.load(sums, 32), bb = v128.load(sums, 48);
  let row = n.input + image * n.inputImageStep + (vector << 4);
  const rowsEnd = row + n.rows * n.inputRowStep;
  do {
    let p = row;
    const end = p + n.columns * pixelStep;
    do {
      const x = v128.load(p);
      const low = f64x2.promote_low_f32x4(x);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
      a = f64x2.add(a, low);
      b = f64x2.add(b, high);
      aa = f64x2.add(aa, f64x2.mul(low, low));
      bb = f64x2.add(bb, f64x2.mul(high, high));
      p += pixelStep;
    } while (p != end);
    row += n.inputRowStep;
  } while (row != rowsEnd);
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, aa, 32);
  v128.store(sums, bb, 48);
}
