// Max pooling; NaN wins. Lanes: channels; one by one where there is no whole vector of them.
import { Resample } from './resample';

export function maxPool(operation: usize, fromImage: i32, toImage: i32): void {
  const r = changetype<Resample>(operation);
  const isWhole = (r.finePixelStep & 15) == 0 && (r.coarsePixelStep & 15) == 0;
  for (let image = fromImage; image < toImage; image++) {
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

function wholeVector(r: Resample, coarse: usize, fine: usize): void {
  let best = v128.load(r.fine + fine);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      const value = v128.load(r.fine + at);
      // Where the value is larger, or NaN; a NaN that was met stays.
      best = v128.bitselect(value, best, v128.or(f32x4.gt(value, best), f32x4.ne(value, value)));
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
