// Max pooling; NaN wins. Lanes: channels; one by one where there is no whole vector of them.
import { Resample } from './resample';

export function maxPool(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  const isWhole = (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
  const isTwoByTwo = isWhole && r.windowRows == 2 && r.windowColumns == 2;
  for (let image = fromImage; image < toImage; image++) {
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
  let p = r.fine + image * r.fineImageStep + 2 * row * below + at;
  let q = r.coarse + image * r.coarseImageStep + row * r.coarseRowStep + at;
  const end = q + r.coarseColumns * coarseStep;
  do {
    const upper = larger(v128.load(p + fineStep), v128.load(p));
    const lower = larger(v128.load(p + below + fineStep), v128.load(p + below));
    v128.store(q, larger(lower, upper));
    p += fineStep << 1;
    q += coarseStep;
  } while (q != end);
}

/** The value where it is larger, or NaN; a NaN that was met stays. */
@inline
function larger(value: v128, best: v128): v128 {
  return v128.bitselect(value, best, v128.or(f32x4.gt(value, best), f32x4.ne(value, value)));
}

function wholeVector(r: Resample, coarse: usize, fine: usize): void {
  let best = v128.load(r.fine + fine);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      best = larger(v128.load(r.fine + at), best);
    }
  }
  v128.store(r.coarse + coarse, best);
}

function oneChannel(r: Resample, coarse: usize, fine: usize): void {
  let best = load<f32>(r.fine + fine);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      const value = load<f32>(r.fine + at);
      if (value > best || value != value) best = value;
    }
  }
  store<f32>(r.coarse + coarse, best);
}
