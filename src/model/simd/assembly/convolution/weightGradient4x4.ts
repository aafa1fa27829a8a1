// The gradient of a convolution's weights, where one vector of channels is left: lanes are its channels, for four taps.
// Layout: [vector][tap][4].
import { multiplyAdd } from '../vectors';
import { gradients } from '../shard';
import { WeightGradient } from './weightGradient';

export function weightGradient4x4(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<WeightGradient>(operation);
  const columns = g.columns == 0 ? toImage - fromImage : g.columns;
  const lastImage = g.columns == 0 ? fromImage + 1 : toImage;
  const vectorBytes = g.taps << 4;
  const lastTap = g.taps - 1;
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  for (let image = fromImage; image < lastImage; image++) {
    const input = g.input + image * g.inputImageStep;
    const gradient = g.gradient + image * g.gradientImageStep;
    for (let vector = 0; vector < g.vectors; vector++) {
      for (let tap = 0; tap < g.taps; tap += 4) {
        const t0 = load<i32>(g.tapOffsets + (tap << 2));
        const i1 = load<i32>(g.tapOffsets + (min(tap + 1, lastTap) << 2)) - t0;
        const i2 = load<i32>(g.tapOffsets + (min(tap + 2, lastTap) << 2)) - t0;
        const i3 = load<i32>(g.tapOffsets + (min(tap + 3, lastTap) << 2)) - t0;
        const sums = gradients + g.output + vector * vectorBytes + (tap << 4);
        const s1 = min(1, lastTap - tap) << 4;
        const s2 = min(2, lastTap - tap) << 4;
        const s3 = min(3, lastTap - tap) << 4;
        let a0 = v128.load(sums);
        let a1 = v128.load(sums + s1);
        let a2 = v128.load(sums + s2);
        let a3 = v128.load(sums + s3);
        let rowInput = input + t0;
        let rowGradient = gradient + (vector << 4);
        const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
        do {
          let p = rowInput, d = rowGradient;
          const end = d + columns * gradientStep;
          do {
            const d0 = v128.load(d);
            a0 = multiplyAdd(v128.load_splat<f32>(p), d0, a0);
            a1 = multiplyAdd(v128.load_splat<f32>(p + i1), d0, a1);
            a2 = multiplyAdd(v128.load_splat<f32>(p + i2), d0, a2);
            a3 = multiplyAdd(v128.load_splat<f32>(p + i3), d0, a3);
            p += inputStep;
            d += gradientStep;
          } while (d != end);
          rowInput += inputRowStep;
          rowGradient += gradientRowStep;
        } while (rowGradient != rowsEnd);
        v128.store(sums, a0);
        v128.store(sums + s1, a1);
        v128.store(sums + s2, a2);
        v128.store(sums + s3, a3);
      }
    }
  }
}
