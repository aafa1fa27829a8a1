// The sum over the pixels that a pixel became. Lanes: channels; one by one where there is no whole vector of them.
import { Resample } from './resample';

export function upSampleGradient(operation: usize, fromImage: i32, toImage: i32): void {
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
  let sum = f32x4.splat(0);
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      sum = f32x4.add(sum, v128.load(r.fineGradient + at));
    }
  }
  v128.store(r.coarseGradient + coarse, sum);
}

function oneChannel(r: Resample, coarse: usize, fine: usize): void {
  let sum: f32 = 0;
  for (let row = 0; row < r.windowRows; row++) {
    for (let column = 0; column < r.windowColumns; column++) {
      const at = fine + row * r.fineRowStep + column * r.finePixelStep;
      sum += load<f32>(r.fineGradient + at);
    }
  }
  store<f32>(r.coarseGradient + coarse, sum);
}
