// Values, or their gradients, times 0 or a factor: the same for both ways, since it depends on the place alone.
import { MapPair } from '../layout/mapPair';
import { noiseKey, noiseWord } from './noiseWord';

export function dropout(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const v = changetype<MapPair>(operation);
  const threshold = v.threshold;
  const factor = v.factor;
  const channelBytes = v.channels << 2;
  for (let image = fromImage; image < toImage; image++) {
    const key = noiseKey(v.layer, first + image);
    let place = 0;
    for (let row = 0; row < v.rows; row++) {
      let from = v.from + image * v.fromImageStep + row * v.fromRowStep;
      let to = v.to + image * v.toImageStep + row * v.toRowStep;
      for (let column = 0; column < v.columns; column++) {
        for (let at = 0; at < channelBytes; at += 4) {
          const isKept = noiseWord(key, place++) >= threshold;
          store<f32>(to + at, load<f32>(from + at) * select<f32>(factor, 0, isKept));
        }
        from += v.fromPixelStep;
        to += v.toPixelStep;
      }
    }
  }
}
