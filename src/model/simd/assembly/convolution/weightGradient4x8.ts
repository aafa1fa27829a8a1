// The gradient of a convolution's weights: sums over pixels of (input) × (gradient of the output).
// Lanes: the channels of `gradient`, two vectors of them for four taps of `input`. Layout: [pair][tap][8].
import { multiplyAdd } from '../vectors';
import { gradients } from '../shard';
import { WeightGradient } from './weightGradient';

export function weightGradient4x8(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<WeightGradient>(operation);
  const columns = g.columns == 0 ? toImage - fromImage : g.columns;
  const lastImage = g.columns == 0 ? fromImage + 1 : toImage;
  const pairBytes = g.taps << 5;
  const lastTap = g.taps - 1;
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  for (let image = fromImage; image < lastImage; image++) {
    const input = g.input + image * g.inputImageStep;
    const gradient = g.gradient + image * g.gradientImageStep;
    for (let pair = 0; pair < g.vectors >> 1; pair++) {
      // Past the last tap, the last one is computed again, to the same bits; but for 3×3 and 5×5 taps of one channel five go at a time.
      for (let tap = 0; tap < g.taps; tap += 4) {
        if (tap == lastTap - 4) {
          fiveTaps(g, input, gradient + (pair << 5), columns, tap, gradients + g.output + pair * pairBytes + (tap << 5));
          break;
        }
        const t0 = load<i32>(g.tapOffsets + (tap << 2));
        const i1 = load<i32>(g.tapOffsets + (min(tap + 1, lastTap) << 2)) - t0;
        const i2 = load<i32>(g.tapOffsets + (min(tap + 2, lastTap) << 2)) - t0;
        const i3 = load<i32>(g.tapOffsets + (min(tap + 3, lastTap) << 2)) - t0;
        const sums = gradients + g.output + pair * pairBytes + (tap << 5);
        const s1 = min(1, lastTap - tap) << 5;
        const s2 = min(2, lastTap - tap) << 5;
        const s3 = min(3, lastTap - tap) << 5;
        let a0 = v128.load(sums), b0 = v128.load(sums, 16);
        let a1 = v128.load(sums + s1), b1 = v128.load(sums + s1, 16);
        let a2 = v128.load(sums + s2), b2 = v128.load(sums + s2, 16);
        let a3 = v128.load(sums + s3), b3 = v128.load(sums + s3, 16);
        let rowInput = input + t0;
        let rowGradient = gradient + (pair << 5);
        const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
        do {
          let p = rowInput, d = rowGradient;
          const end = d + columns * gradientStep;
          do {
            const d0 = v128.load(d);
            const d1 = v128.load(d, 16);
            let x = v128.load_splat<f32>(p);
            a0 = multiplyAdd(x, d0, a0);
            b0 = multiplyAdd(x, d1, b0);
            x = v128.load_splat<f32>(p + i1);
            a1 = multiplyAdd(x, d0, a1);
            b1 = multiplyAdd(x, d1, b1);
            x = v128.load_splat<f32>(p + i2);
            a2 = multiplyAdd(x, d0, a2);
            b2 = multiplyAdd(x, d1, b2);
            x = v128.load_splat<f32>(p + i3);
            a3 = multiplyAdd(x, d0, a3);
            b3 = multiplyAdd(x, d1, b3);
            p += inputStep;
            d += gradientStep;
          } while (d != end);
          rowInput += inputRowStep;
          rowGradient += gradientRowStep;
        } while (rowGradient != rowsEnd);
        v128.store(sums, a0);
        v128.store(sums, b0, 16);
        v128.store(sums + s1, a1);
        v128.store(sums + s1, b1, 16);
        v128.store(sums + s2, a2);
        v128.store(sums + s2, b2, 16);
        v128.store(sums + s3, a3);
        v128.store(sums + s3, b3, 16);
      }
    }
  }
}

function fiveTaps(g: WeightGradient, input: usize, gradient: usize, columns: i32, tap: i32, sums: usize): void {
  const offsets = g.tapOffsets + (tap << 2);
  const t0 = load<i32>(offsets);
  const i1 = load<i32>(offsets, 4) - t0, i2 = load<i32>(offsets, 8) - t0;
  const i3 = load<i32>(offsets, 12) - t0, i4 = load<i32>(offsets, 16) - t0;
  const inputStep = g.inputColumnStep, gradientStep = g.gradientColumnStep;
  let a0 = v128.load(sums), b0 = v128.load(sums, 16), a1 = v128.load(sums, 32), b1 = v128.load(sums, 48);
  let a2 = v128.load(sums, 64), b2 = v128.load(sums, 80), a3 = v128.load(sums, 96), b3 = v128.load(sums, 112);
  let a4 = v128.load(sums, 128), b4 = v128.load(sums, 144);
  let rowInput = input + t0;
  const rowsEnd = gradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = gradient;
    const end = d + columns * gradientStep;
    do {
      const d0 = v128.load(d), d1 = v128.load(d, 16);
      let x = v128.load_splat<f32>(p);
      a0 = multiplyAdd(x, d0, a0);
      b0 = multiplyAdd(x, d1, b0);
      x = v128.load_splat<f32>(p + i1);
      a1 = multiplyAdd(x, d0, a1);
      b1 = multiplyAdd(x, d1, b1);
      x = v128.load_splat<f32>(p + i2);
      a2 = multiplyAdd(x, d0, a2);
      b2 = multiplyAdd(x, d1, b2);
      x = v128.load_splat<f32>(p + i3);
      a3 = multiplyAdd(x, d0, a3);
      b3 = multiplyAdd(x, d1, b3);
      x = v128.load_splat<f32>(p + i4);
      a4 = multiplyAdd(x, d0, a4);
      b4 = multiplyAdd(x, d1, b4);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += g.inputRowStep;
    gradient += g.gradientRowStep;
  } while (gradient != rowsEnd);
  v128.store(sums, a0);
  v128.store(sums, b0, 16);
  v128.store(sums, a1, 32);
  v128.store(sums, b1, 48);
  v128.store(sums, a2, 64);
  v128.store(sums, b2, 80);
  v128.store(sums, a3, 96);
  v128.store(sums, b3, 112);
  v128.store(sums, a4, 128);
  v128.store(sums, b4, 144);
}
