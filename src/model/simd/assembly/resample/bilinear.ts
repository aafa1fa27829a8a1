// Bilinear upsampling, and its gradient: in each row first between two rows, then between two columns. Lanes: channels; one by one where
// there is no whole vector of them.
//
// The centers of small and large pixels lie as in TensorFlow's half-pixel centers and PyTorch's `align_corners=False`: a fine
// pixel i lies at (i + ½) / size − ½ between two coarse ones, of which one counts twice beyond the border. So half of `size` fine
// pixels lie before the first coarse one's center, then `size` between each two, and the rest behind the last.
import { Resample } from './resample';

export function bilinear(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  if (isWhole(r)) everyRow(r, fromImage, toImage, false, true);
  else everyRow(r, fromImage, toImage, false, false);
}

export function bilinearGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  for (let image = fromImage; image < toImage; image++) memory.fill(r.clear + image * r.coarseImageStep, 0, r.clearBytes);
  if (isWhole(r)) everyRow(r, fromImage, toImage, true, true);
  else everyRow(r, fromImage, toImage, true, false);
}

function isWhole(r: Resample): bool {
  return (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
}

@inline
function everyRow(r: Resample, fromImage: i32, toImage: i32, isGradient: bool, isVector: bool): void {
  const size = r.windowRows;
  const bytes = isVector ? r.coarsePixelStep : r.channels << 2;
  for (let image = fromImage; image < toImage; image++) {
    const coarse = (isGradient ? r.coarseGradient : r.coarse) + image * r.coarseImageStep;
    let fine = (isGradient ? r.fineGradient : r.fine) + image * r.fineImageStep;
    // Before the center of which row, and how far behind that of the one above.
    let below = size == 1 ? 1 : 0, part = size == 1 ? 0 : size - (size >> 1);
    for (let row = 0; row < r.coarseRows * size; row++) {
      const upper = coarse + max(below - 1, 0) * r.coarseRowStep;
      const lower = coarse + min(below, r.coarseRows - 1) * r.coarseRowStep;
      for (let at = 0; at < bytes; at += isVector ? 16 : 4) {
        if (isGradient) spreadRow(r, fine + at, upper + at, lower + at, part, isVector);
        else blendRow(r, fine + at, upper + at, lower + at, part, isVector);
      }
      fine += r.fineRowStep;
      if (++part == size) {
        part = 0;
        below++;
      }
    }
  }
}

/** @param part of the weights, that of the row */
@inline
function blendRow(r: Resample, fine: usize, upper: usize, lower: usize, part: i32, isVector: bool): void {
  const coarseStep = r.coarsePixelStep, fineStep = r.finePixelStep, weights = r.weights;
  const high = v128.load_splat<f32>(weights + (part << 3)), low = v128.load_splat<f32>(weights + (part << 3), 4);
  const lastStep = (r.coarseColumns - 1) * coarseStep;
  const weightsEnd = weights + (r.windowColumns << 3);
  const half = weightsEnd - ((r.windowColumns >> 1) << 3);
  let left = blend(load4(upper, isVector), high, load4(lower, isVector), low);
  let right = left;
  let w = half;
  let at = 0;
  while (true) {
    const end = at > lastStep ? half : weightsEnd;
    for (; w != end; w += 8) {
      const value = blend(left, v128.load_splat<f32>(w), right, v128.load_splat<f32>(w, 4));
      store4(fine, value, isVector);
      fine += fineStep;
    }
    at += coarseStep;
    if (at > lastStep + coarseStep) return;
    left = right;
    if (at <= lastStep) right = blend(load4(upper + at, isVector), high, load4(lower + at, isVector), low);
    w = weights;
  }
}

/** The same way back. */
@inline
function spreadRow(r: Resample, fine: usize, upper: usize, lower: usize, part: i32, isVector: bool): void {
  const coarseStep = r.coarsePixelStep, fineStep = r.finePixelStep, weights = r.weights;
  const high = v128.load_splat<f32>(weights + (part << 3)), low = v128.load_splat<f32>(weights + (part << 3), 4);
  const lastStep = (r.coarseColumns - 1) * coarseStep;
  const weightsEnd = weights + (r.windowColumns << 3);
  const half = weightsEnd - ((r.windowColumns >> 1) << 3);
  const zero = f32x4.splat(0);
  // Of the coarse pixel to the right so far, and of the one to the left.
  let left = zero, right = zero;
  let w = half;
  for (let at = 0; ; at += coarseStep) {
    const end = at > lastStep ? half : weightsEnd;
    for (; w != end; w += 8) {
      const gradient = load4(fine, isVector);
      left = f32x4.add(left, f32x4.mul(gradient, v128.load_splat<f32>(w)));
      right = f32x4.add(right, f32x4.mul(gradient, v128.load_splat<f32>(w, 4)));
      fine += fineStep;
    }
    w = weights;
    if (at == 0) {
      // Before the first there is none.
      left = f32x4.add(left, right);
      right = zero;
      continue;
    }
    const isLast = at > lastStep;
    const sum = isLast ? f32x4.add(left, right) : left;
    const to = at - coarseStep;
    store4(upper + to, f32x4.add(load4(upper + to, isVector), f32x4.mul(sum, high)), isVector);
    store4(lower + to, f32x4.add(load4(lower + to, isVector), f32x4.mul(sum, low)), isVector);
    if (isLast) return;
    left = right;
    right = zero;
  }
}

@inline
function blend(one: v128, ofOne: v128, other: v128, ofOther: v128): v128 {
  return f32x4.add(f32x4.mul(one, ofOne), f32x4.mul(other, ofOther));
}

/** Four channels, or one. */
@inline
function load4(from: usize, isVector: bool): v128 {
  return isVector ? v128.load(from) : v128.load32_zero(from);
}

@inline
function store4(to: usize, values: v128, isVector: bool): void {
  if (isVector) v128.store(to, values);
  else v128.store32_lane(to, values, 0);
}
