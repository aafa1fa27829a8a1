// Values of one map, or of a part of it, to another: as they are (skip connections, padding, cropping, noise where nothing learns), or
// added to what lies there. Maps are NHWC, each with steps of its own. Lanes: channels side by side; what is left of a vector goes one
// by one, since beside it may lie other channels.
import { MapPair } from './mapPair';

export function copyMap(operation: usize, fromImage: i32, toImage: i32): void {
  everyPixel(operation, fromImage, toImage, false);
}

export function addMap(operation: usize, fromImage: i32, toImage: i32): void {
  everyPixel(operation, fromImage, toImage, true);
}

@inline
function everyPixel(operation: usize, fromImage: i32, toImage: i32, adds: bool): void {
  const v = changetype<MapPair>(operation);
  const fromPixelStep = v.fromPixelStep, toPixelStep = v.toPixelStep;
  const pixelBytes = v.channels << 2;
  // Without gaps between its pixels a row is one run of values.
  const hasGaps = fromPixelStep != pixelBytes || toPixelStep != pixelBytes;
  const runs = hasGaps ? v.columns : 1;
  const bytes = hasGaps ? pixelBytes : v.columns * pixelBytes, vectorBytes = bytes & ~15;
  for (let image = fromImage; image < toImage; image++) {
    if (!adds) memory.fill(v.clear + image * v.toImageStep, 0, v.clearBytes);
    for (let row = 0; row < v.rows; row++) {
      let from = v.from + image * v.fromImageStep + row * v.fromRowStep;
      let to = v.to + image * v.toImageStep + row * v.toRowStep;
      for (let run = 0; run < runs; run++) {
        let at = 0;
        for (; at < vectorBytes; at += 16) {
          const values = v128.load(from + at);
          v128.store(to + at, adds ? f32x4.add(v128.load(to + at), values) : values);
        }
        for (; at < bytes; at += 4) {
          const value = load<f32>(from + at);
          store<f32>(to + at, adds ? load<f32>(to + at) + value : value);
        }
        from += fromPixelStep;
        to += toPixelStep;
      }
    }
  }
}
