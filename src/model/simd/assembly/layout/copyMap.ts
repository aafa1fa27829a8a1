// Values as they are, from one map or a part of it to another: noise where nothing learns, padding, cropping.
import { MapPair } from './mapPair';

export function copyMap(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<MapPair>(operation);
  for (let image = fromImage; image < toImage; image++) {
    memory.fill(v.clear + image * v.toImageStep, 0, v.clearBytes);
    for (let row = 0; row < v.rows; row++) {
      let from = v.from + image * v.fromImageStep + row * v.fromRowStep;
      let to = v.to + image * v.toImageStep + row * v.toRowStep;
      for (let column = 0; column < v.columns; column++) {
        memory.copy(to, from, v.channels << 2);
        from += v.fromPixelStep;
        to += v.toPixelStep;
      }
    }
  }
}
