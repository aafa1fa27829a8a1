// The gradient goes to the first of the largest, as in PyTorch. Lanes: channels; one by one where there is no whole vector of them.
import { Resample } from './resample';

export function maxPoolGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  const isWhole = (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
  const isTwoByTwo = isWhole && r.windowRows == 2 && r.windowColumns == 2;
  for (let image = fromImage; image < toImage; image++) {
    memory.fill(r.clear + image * r.fineImageStep, 0, r.clearBytes);
    if (isTwoByTwo) {
      for (let row = 0; row < r.coarseRows; row++)
        for (let at = 0; at < r.coarsePixelStep; at += 16) rowOfTwoByTwo(r, image, row, at);
      continue;
    }
    for (let row = 0; row < r.coarseRows; row++) {
      for (let column = 0; column < r.coarseColumns; column++) {
        const coarse = image * r.coarseImageStep + row * r.coarseRowStep + column * r.coarsePixelStep;
        const fine = image * r.fineImageStep + row * r.windowRows * r.fineRowStep + column * r.windowColumns * r.finePixelStep;
        if (isWhole) for (let at = 0; at < r.coarsePixelStep; at += 16) wholeVector(r, coarse + at, fine + at);
        else for (let at = 0; at < r.channels << 2; at += 4) oneChannel(r, coarse + at, fine + at);
      }
    }
  }
}

/** A row of windows of 2×2 pixels, of the channels from `at` on. */
function rowOfTwoByTwo(r: Resample, image: i32, row: i32, at: i32): void {
  const fineStep = r.finePixelStep, coarseStep = r.coarsePixelStep, below = r.fineRowStep;
  const toFine = r.fineGradient - r.fine, toCoarse = r.coarseGradient - r.coarse;
  let p = r.fine + image * r.fineImageStep + 2 * row * below + at;
  let q = r.coarse + image * r.coarseImageStep + row * r.coarseRowStep + at;
  const end = q + r.coarseColumns * coarseStep;
  do {
    const best = v128.load(q);
    let left = v128.load(q + toCoarse);
    const g = p + toFine;
    let takes = isBest(v128.load(p), best);
    v128.store(g, v128.and(left, takes));
    left = v128.andnot(left, takes);
    takes = isBest(v128.load(p + fineStep), best);
    v128.store(g + fineStep, v128.and(left, takes));
    left = v128.andnot(left, takes);
    takes = isBest(v128.load(p + below), best);
    v128.store(g + below, v128.and(left, takes));
    left = v128.andnot(left, takes);
    takes = isBest(v128.load(p + below + fineStep), best);
    v128.store(g + below + fineStep, v128.and(left, takes));
    p += fineStep << 1;
    q += coarseStep;
  } while (q != end);
}

@inline
function isBest(value: v128, best: v128): v128 {
  return v128.or(f32x4.eq(value, best), f32x4.ne(value, value));
}

function wholeVector(r: Resample, coarse: usize, fine: usize): void {
  const best = v128.load(r.coarse + coarse);
  let left = v128.load(r.coarseGradient + coarse);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      const takes = isBest(v128.load(r.fine + at), best);
      v128.store(r.fineGradient + at, v128.and(left, takes));
      left = v128.andnot(left, takes);
    }
  }
}

function oneChannel(r: Resample, coarse: usize, fine: usize): void {
  const best = load<f32>(r.coarse + coarse);
  let left = load<f32>(r.coarseGradient + coarse);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      const value = load<f32>(r.fine + at);
      const takes = value == best || value != value;
      store<f32>(r.fineGradient + at, takes ? left : 0);
      if (takes) left = 0;
    }
  }
}
