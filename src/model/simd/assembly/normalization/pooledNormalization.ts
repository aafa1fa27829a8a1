// Batch normalization with the 2×2 max pooling after it in one pass: what lies between them is never stored, but computed again on
// the way back, to the same bits. Lanes: channels. Of equals the first wins its window, as in PyTorch. Row by row, all channels of
// one before the next: the map is more than the first-level cache.
import { gradients } from '../shard';
import { multiplyAdd } from '../vectors';
import { COEFFICIENTS, Normalization, vectorsOf } from './normalization';

/**
 * What comes to the largest of a window's pixels: rounding leaves their order as it is, and a scale below zero turns it round.
 * @param signs of the scale
 */
@inline
function winner(a: v128, b: v128, c: v128, d: v128, signs: v128): v128 {
  const upper = f32x4.pmax(v128.xor(a, signs), v128.xor(b, signs));
  return v128.xor(f32x4.pmax(upper, f32x4.pmax(v128.xor(c, signs), v128.xor(d, signs))), signs);
}

@inline
function signsOf(scale: v128): v128 {
  return v128.and(scale, i32x4.splat(i32.MIN_VALUE));
}

/** All bits set, which are NaN, where one of the values is. */
@inline
function nanOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.or(v128.or(f32x4.ne(a, a), f32x4.ne(b, b)), v128.or(f32x4.ne(c, c), f32x4.ne(d, d)));
}

export function normalizePool(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let row = 0; row < n.rows >> 1; row++)
      for (let vector = 0; vector < vectors; vector++) poolRow(n, image, row, vector, vectors << 4);
}

function poolRow(n: Normalization, image: i32, row: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32), shift = v128.load(coefficients, 48);
  const floor = f32x4.splat(n.floor);
  const signs = signsOf(scale);
  const below = n.inputRowStep;
  let p = inputRow(n, image, row << 1, vector);
  let q = n.output + image * n.outputImageStep + row * n.outputRowStep + (vector << 4);
  const end = q + (n.columns >> 1) * pixelStep;
  do {
    const a = v128.load(p), b = v128.load(p + pixelStep);
    const c = v128.load(p + below), d = v128.load(p + below + pixelStep);
    const best = v128.or(winner(a, b, c, d, signs), nanOf(a, b, c, d));
    v128.store(q, f32x4.pmax(f32x4.add(f32x4.mul(f32x4.sub(best, mean), scale), shift), floor));
    p += pixelStep << 1;
    q += pixelStep;
  } while (q != end);
}

/** The scale's gradient: only the pixel that won its window adds to it. */
export function pooledScaleGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  for (let image = fromImage; image < toImage; image++)
    for (let row = 0; row < n.rows >> 1; row++)
      for (let vector = 0; vector < vectors; vector++) sumWinners(n, image, row, vector, vectors << 4);
}

function sumWinners(n: Normalization, image: i32, row: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients);
  const signs = signsOf(v128.load(coefficients, 32));
  const below = n.inputRowStep;
  let sum = f32x4.splat(0);
  let p = inputRow(n, image, row << 1, vector);
  let q = gradientRow(n, image, row, vector);
  const end = q + (n.columns >> 1) * pixelStep;
  do {
    const best = winner(v128.load(p), v128.load(p + pixelStep), v128.load(p + below), v128.load(p + below + pixelStep), signs);
    sum = multiplyAdd(v128.load(q), f32x4.sub(best, mean), sum);
    p += pixelStep << 1;
    q += pixelStep;
  } while (q != end);
  const gradient = gradients + n.scaleGradient + (vector << 4);
  v128.store(gradient, f32x4.add(v128.load(gradient), f32x4.mul(sum, v128.load(coefficients, 16))));
}

/** Every pixel has a part in mean and variance (so that one NaN makes all of them NaN); the one that won its window has its gradient beside that. */
export function pooledNormalizationGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const n = changetype<Normalization>(operation);
  const vectors = vectorsOf(n);
  const pixelStep = vectors << 4;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < n.rows >> 1; row++)
      for (let vector = 0; vector < vectors; vector++) windowGradients(n, image, row, vector, pixelStep);
    // What pooling drops at the border.
    for (let vector = 0; vector < vectors; vector++) {
      if (n.columns & 1) restGradients(n, image, vector, pixelStep, 0, n.columns - 1);
      if (n.rows & 1) restGradients(n, image, vector, pixelStep, n.rows - 1, 0);
    }
  }
}

function windowGradients(n: Normalization, image: i32, row: i32, vector: i32, pixelStep: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients), scale = v128.load(coefficients, 32);
  const perDeviation = v128.load(coefficients, 64), everywhere = v128.load(coefficients, 80);
  const below = n.inputRowStep;
  const toGradient = n.inputGradient - n.input;
  let p = inputRow(n, image, row << 1, vector);
  let q = gradientRow(n, image, row, vector);
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
}

/** From one pixel to the end of both sides. */
function restGradients(n: Normalization, image: i32, vector: i32, pixelStep: i32, firstRow: i32, firstColumn: i32): void {
  const coefficients = n.coefficients + vector * COEFFICIENTS;
  const mean = v128.load(coefficients);
  const perDeviation = v128.load(coefficients, 64), everywhere = v128.load(coefficients, 80);
  const toGradient = n.inputGradient - n.input;
  for (let row = firstRow; row < n.rows; row++) {
    let p = inputRow(n, image, row, vector) + firstColumn * pixelStep;
    const end = p + (n.columns - firstColumn) * pixelStep;
    for (; p != end; p += pixelStep)
      v128.store(p + toGradient, f32x4.neg(multiplyAdd(f32x4.sub(v128.load(p), mean), perDeviation, everywhere)));
  }
}

@inline
function inputRow(n: Normalization, image: i32, row: i32, vector: i32): usize {
  return n.input + image * n.inputImageStep + row * n.inputRowStep + (vector << 4);
}

@inline
function gradientRow(n: Normalization, image: i32, row: i32, vector: i32): usize {
  return n.outputGradient + image * n.outputImageStep + row * n.outputRowStep + (vector << 4);
}
