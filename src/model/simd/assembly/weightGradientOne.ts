// The gradient of a convolution's weights where it has one output channel: lanes are input channels, along each kernel row.
// Layout: [kernel row][run].
import { multiplyAdd } from './lanes';

@unmanaged
class WeightGradientOne {
  kind: i32;
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  inputColumnStep: i32;
  kernelRows: i32;
  kernelRowStep: i32;
  /** A multiple of 4. */
  run: i32;
  gradient: usize;
  gradientImageStep: i32;
  gradientRowStep: i32;
  gradientColumnStep: i32;
  rows: i32;
  columns: i32;
  output: usize;
}

export function weightGradientOne(operation: usize, images: i32): void {
  const g = changetype<WeightGradientOne>(operation);
  const runBytes = g.run << 2;
  for (let image = 0; image < images; image++) {
    const gradient = g.gradient + image * g.gradientImageStep;
    let sums = g.output;
    for (let kernelRow = 0; kernelRow < g.kernelRows; kernelRow++) {
      const input = g.input + image * g.inputImageStep + kernelRow * g.kernelRowStep;
      let at = 0;
      for (; at + 128 <= runBytes; at += 128) eightVectors(g, input + at, gradient, sums + at);
      for (; at < runBytes; at += 16) oneVector(g, input + at, gradient, sums + at);
      sums += runBytes;
    }
  }
}

function eightVectors(g: WeightGradientOne, input: usize, gradient: usize, sums: usize): void {
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  let a4 = v128.load(sums, 64), a5 = v128.load(sums, 80), a6 = v128.load(sums, 96), a7 = v128.load(sums, 112);
  for (let row = 0; row < g.rows; row++) {
    let p = input + row * g.inputRowStep;
    let d = gradient + row * g.gradientRowStep;
    const end = d + g.columns * g.gradientColumnStep;
    do {
      const d0 = v128.load_splat<f32>(d);
      a0 = multiplyAdd(d0, v128.load(p), a0);
      a1 = multiplyAdd(d0, v128.load(p, 16), a1);
      a2 = multiplyAdd(d0, v128.load(p, 32), a2);
      a3 = multiplyAdd(d0, v128.load(p, 48), a3);
      a4 = multiplyAdd(d0, v128.load(p, 64), a4);
      a5 = multiplyAdd(d0, v128.load(p, 80), a5);
      a6 = multiplyAdd(d0, v128.load(p, 96), a6);
      a7 = multiplyAdd(d0, v128.load(p, 112), a7);
      p += g.inputColumnStep;
      d += g.gradientColumnStep;
    } while (d != end);
  }
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
  v128.store(sums, a4, 64);
  v128.store(sums, a5, 80);
  v128.store(sums, a6, 96);
  v128.store(sums, a7, 112);
}

function oneVector(g: WeightGradientOne, input: usize, gradient: usize, sums: usize): void {
  let a0 = v128.load(sums);
  for (let row = 0; row < g.rows; row++) {
    let p = input + row * g.inputRowStep;
    let d = gradient + row * g.gradientRowStep;
    const end = d + g.columns * g.gradientColumnStep;
    do {
      a0 = multiplyAdd(v128.load_splat<f32>(d), v128.load(p), a0);
      p += g.inputColumnStep;
      d += g.gradientColumnStep;
    } while (d != end);
  }
  v128.store(sums, a0);
}
