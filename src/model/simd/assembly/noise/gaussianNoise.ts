// Normal numbers are added, one for each value.
import { MapPair } from '../layout/mapPair';
import { noiseKey, noiseWord } from './noiseWord';

export function gaussianNoise(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const v = changetype<MapPair>(operation);
  const table = v.table;
  const deviation = v.factor;
  const channelBytes = v.channels << 2;
  for (let image = fromImage; image < toImage; image++) {
    const key = noiseKey(v.layer, first + image);
    let place = 0;
    for (let row = 0; row < v.rows; row++) {
      let from = v.from + image * v.fromImageStep + row * v.fromRowStep;
      let to = v.to + image * v.toImageStep + row * v.toRowStep;
      for (let column = 0; column < v.columns; column++) {
        for (let at = 0; at < channelBytes; at += 4) {
          const normal = load<f32>(table + ((noiseWord(key, place++) >> 16) << 2));
          store<f32>(to + at, load<f32>(from + at) + deviation * normal);
        }
        from += v.fromPixelStep;
        to += v.toPixelStep;
      }
    }
  }
}
