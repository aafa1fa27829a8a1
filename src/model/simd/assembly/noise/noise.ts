// Dropout and Gaussian noise: each value of a map, or its gradient, with the random bits of its place. Dropout is the same for both ways:
// times 0 or a factor. Lanes: values side by side, of a whole row where pixels have no gaps between them.
import { MapPair } from '../layout/mapPair';
import { nextCounters, noiseCounters, noiseKey, noiseWords } from './noiseWord';
import { standardNormals } from './standardNormal';

export function dropout(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  everyValue(operation, fromImage, toImage, first, true);
}

export function gaussianNoise(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  everyValue(operation, fromImage, toImage, first, false);
}

@inline
function everyValue(operation: usize, fromImage: i32, toImage: i32, first: i32, isDropout: bool): void {
  const v = changetype<MapPair>(operation);
  const pixelBytes = v.channels << 2;
  const hasGaps = v.fromPixelStep != pixelBytes || v.toPixelStep != pixelBytes;
  const runs = hasGaps ? v.columns : 1;
  const runBytes = hasGaps ? pixelBytes : v.columns * pixelBytes;
  const wholeBytes = runBytes & ~15, rest = (runBytes >> 2) & 3;
  const factor = f32x4.splat(v.factor), threshold = i32x4.splat(v.threshold);
  const table = v.table;
  const fromStep = v.fromPixelStep, toStep = v.toPixelStep;
  for (let image = fromImage; image < toImage; image++) {
    const key = noiseKey(v.layer, first + image);
    let place = 0;
    for (let row = 0; row < v.rows; row++) {
      let runFrom = v.from + image * v.fromImageStep + row * v.fromRowStep;
      let runTo = v.to + image * v.toImageStep + row * v.toRowStep;
      for (let run = 0; run < runs; run++) {
        let counters = noiseCounters(key, place);
        let from = runFrom, to = runTo;
        for (const end = from + wholeBytes; from != end; from += 16) {
          v128.store(to, disturbed(v128.load(from), counters, factor, threshold, table, isDropout));
          counters = nextCounters(counters);
          to += 16;
        }
        if (rest > 0) {
          const values = disturbed(v128.load(from), counters, factor, threshold, table, isDropout);
          v128.store32_lane(to, values, 0);
          if (rest > 1) v128.store32_lane(to, values, 1, 4);
          if (rest > 2) v128.store32_lane(to, values, 2, 8);
        }
        place += runBytes >> 2;
        runFrom += fromStep;
        runTo += toStep;
      }
    }
  }
}

@inline
function disturbed(values: v128, counters: v128, factor: v128, threshold: v128, table: usize, isDropout: bool): v128 {
  const words = noiseWords(counters);
  return isDropout
    ? f32x4.mul(values, v128.and(factor, i32x4.ge_u(words, threshold)))
    : f32x4.add(values, f32x4.mul(factor, standardNormals(words, table)));
}
