// Batch normalization with the 2×2 max pooling after it in one pass: what lies between them is never stored, but computed again on
// the way back, to the same bits. Lanes: channels. Of equals the first wins its window, as in PyTorch.
import { gradients } from '../shard';
import { multiplyAdd } from '../vectors';
import { COEFFICIENTS, Normalization, vectorsOf } from './normalization';

@inline
function normalized(x: v128, mean: v128, scale: v128, shift: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.sub(x, mean), scale), shift);
}

export function normalizePool(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) poolVector(n, image, vector, vectors << 4);
}

function poolVector(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32), shift = v128.load(coefficients, 48);
  const floor = f32x4.splat(n.floor);
  const below = n.inputRowStep;
  let row = n.input + image * n.inputImageStep + (vector << 4);
  let to = n.output + image * n.outputImageStep + (vector << 4);
  const rowsEnd = to + (n.rows >> 1) * n.outputRowStep;
  do {
    let p = row, q = to;
    const end = q + (n.columns >> 1) * pixelStep;
    do {
      const a = normalized(v128.load(p), mean, scale, shift);
      const b = normalized(v128.load(p + pixelStep), mean, scale, shift);
      const c = normalized(v128.load(p + below), mean, scale, shift);
      const d = normalized(v128.load(p + below + pixelStep), mean, scale, shift);
      // NaN wins, whichever side it is on.
      v128.store(q, f32x4.pmax(f32x4.max(f32x4.max(a, b), f32x4.max(c, d)), floor));
      p += pixelStep << 1;
      q += pixelStep;
    } while (q != end);
    row += below << 1;
    to += n.outputRowStep;
  } while (to != rowsEnd);
}

/** The scale's gradient: only the pixel that won its window adds to it. */
export function pooledScaleGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) sumWinners(n, image, vector, vectors << 4);
}

function sumWinners(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32);
  const below = n.inputRowStep;
  let sum = f32x4.splat(0);
  let row = n.input + image * n.inputImageStep + (vector << 4);
  let to = n.outputGradient + image * n.outputImageStep + (vector << 4);
  const rowsEnd = to + (n.rows >> 1) * n.outputRowStep;
  do {
    let p = row, q = to;
    const end = q + (n.columns >> 1) * pixelStep;
    do {
      // The winner has the largest product with the scale; the shift is the same for all.
      let best = f32x4.sub(v128.load(p), mean);
      best = larger(f32x4.sub(v128.load(p + pixelStep), mean), best, scale);
      best = larger(f32x4.sub(v128.load(p + below), mean), best, scale);
      best = larger(f32x4.sub(v128.load(p + below + pixelStep), mean), best, scale);
      sum = multiplyAdd(v128.load(q), best, sum);
      p += pixelStep << 1;
      q += pixelStep;
    } while (q != end);
    row += below << 1;
    to += n.outputRowStep;
  } while (to != rowsEnd);
  const gradient = gradients + n.scaleGradient + (vector << 4);
  v128.store(gradient, f32x4.add(v128.load(gradient), f32x4.mul(sum, v128.load(coefficients, 16))));
}

@inline
function larger(x: v128, best: v128, scale: v128): v128 {
  return v128.bitselect(x, best, f32x4.gt(f32x4.mul(x, scale), f32x4.mul(best, scale)));
}

/** Every pixel has a part in mean and variance (so that one NaN makes all of them NaN); the one that won its window has its gradient beside that. */
export function pooledNormalizationGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let vector = 0; vector < vectors; vector++) {
      windowGradients(n, image, vector, vectors << 4);
      // What pooling drops at the border.
      if (n.columns & 1) restGradients(n, image, vector, vectors << 4, 0, n.columns - 1);
      if (n.rows & 1) restGradients(n, image, vector, vectors << 4, n.rows - 1, 0);
    }
}

function windowGradients(n: Normalization, image: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32);
  const perDeviation = v128.load(coefficients, 64), everywhere = v128.load(coefficients, 80);
  const below = n.inputRowStep;
  const toGradient = n.inputGradient - n.input;
  let row = n.input + image * n.inputImageStep + (vector << 4);
  let to = n.outputGradient + image * n.outputImageStep + (vector << 4);
  const rowsEnd = to + (n.rows >> 1) * n.outputRowStep;
  do {
    let p = row, q = to;
    const end = q + (n.columns >> 1) * pixelStep;
    do {
      const gradient = f32x4.mul(v128.load(q), scale);
      const a = f32x4.sub(v128.load(p), mean), b = f32x4.sub(v128.load(p + pixelStep), mean);
      const c = f32x4.sub(v128.load(p + below), mean), d = f32x4.sub(v128.load(p + below + pixelStep), mean);
      const sa = f32x4.mul(a, scale), sb = f32x4.mul(b, scale), sc = f32x4.mul(c, scale), sd = f32x4.mul(d, scale);
      const best = f32x4.pmax(f32x4.pmax(sa, sb), f32x4.pmax(sc, sd));
      const isA = f32x4.eq(sa, best);
      let left = v128.andnot(gradient, isA);
      const ga = v128.and(gradient, isA);
      const isB = f32x4.eq(sb, best);
      const gb = v128.and(left, isB);
      left = v128.andnot(left, isB);
      const isC = f32x4.eq(sc, best);
      const gc = v128.and(left, isC);
      const g = p + toGradient;
      v128.store(g, f32x4.sub(ga, multiplyAdd(a, perDeviation, everywhere)));
      v128.store(g + pixelStep, f32x4.sub(gb, multiplyAdd(b, perDeviation, everywhere)));
      v128.store(g + below, f32x4.sub(gc, multiplyAdd(c, perDeviation, everywhere)));
      v128.store(g + below + pixelStep, f32x4.sub(v128.andnot(left, isC), multiplyAdd(d, perDeviation, everywhere)));
      p += pixelStep << 1;
      q += pixelStep;
    } while (q != end);
    row += below << 1;
    to += n.outputRowStep;
  } while (to != rowsEnd);
}

/** From one pixel to the end of both sides. */
function restGradients(n: Normalization, image: i32, vector: i32, pixelStep: i32, firstRow: i32, firstColumn: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients);
  const perDeviation = v128.load(coefficients, 64), everywhere = v128.load(coefficients, 80);
  const toGradient = n.inputGradient - n.input;
  for (let row = firstRow; row < n.rows; row++) {
    let p = n.input + image * n.inputImageStep + row * n.inputRowStep + firstColumn * pixelStep + (vector << 4);
    const end = p + (n.columns - firstColumn) * pixelStep;
    for (; p != end; p += pixelStep)
      v128.store(p + toGradient, f32x4.neg(multiplyAdd(f32x4.sub(v128.load(p), mean), perDeviation, everywhere)));
  }
}
