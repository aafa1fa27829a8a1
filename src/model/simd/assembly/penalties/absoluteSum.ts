// How large values are, |x| each, and the sign of each added to the gradient that comes back; that of 0, and of what is no number, is 0.
import { loss } from '../shard';
import { gradientScale, Penalty } from './penalty';

export function absoluteSum(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Penalty>(operation);
  const channelBytes = v.channels << 2;
  let total: f64 = 0;
  for (let image = fromImage; image < toImage; image++)
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep;
      for (let column = 0; column < v.columns; column++) {
        for (let at = 0; at < channelBytes; at += 4) total += Math.abs(load<f32>(p + at));
        p += v.pixelStep;
      }
    }
  store<f64>(loss + v.sum, load<f64>(loss + v.sum) + total);
}

export function absoluteSumGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Penalty>(operation);
  const channelBytes = v.channels << 2;
  const scale = gradientScale(v);
  for (let image = fromImage; image < toImage; image++)
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep;
      let gradient = v.gradient + image * v.imageStep + row * v.rowStep;
      let passed = v.outputGradient + image * v.outputImageStep + row * v.outputRowStep;
      for (let column = 0; column < v.columns; column++) {
        for (let at = 0; at < channelBytes; at += 4) {
          const value = load<f32>(p + at);
          const sign = <f64>(<i32>(value > 0) - <i32>(value < 0));
          store<f32>(gradient + at, <f32>(load<f32>(passed + at) + scale * sign));
        }
        p += v.pixelStep;
        gradient += v.pixelStep;
        passed += v.outputPixelStep;
      }
    }
}
