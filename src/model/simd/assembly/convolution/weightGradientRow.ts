// The gradient of a convolution's weights where it has few output channels: lanes are the values along a kernel row of the
// input, four vectors of them for two output channels, or up to six for one. Layout: [output channel][kernel row][row value].
import { multiplyAdd } from '../vectors';
import { gradients } from '../shard';

@unmanaged
class WeightGradientRow {
  kind: i32;
  input: usize;
  inputImageStep: i32;
  inputRowStep: i32;
  inputColumnStep: i32;
  kernelRows: i32;
  kernelRowStep: i32;
  /** A multiple of 4. */
  rowValues: i32;
  gradient: usize;
  gradientImageStep: i32;
  gradientRowStep: i32;
  gradientColumnStep: i32;
  rows: i32;
  /** 0: one row whose columns are the images (a dense layer). */
  columns: i32;
  /** Where among the shard's gradients; added to. */
  output: usize;
  channels: i32;
}

export function weightGradientRow(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<WeightGradientRow>(operation);
  const columns = g.columns == 0 ? toImage - fromImage : g.columns;
  const lastImage = g.columns == 0 ? fromImage + 1 : toImage;
  const rowBytes = g.rowValues << 2;
  const channelBytes = g.kernelRows * rowBytes;
  for (let image = fromImage; image < lastImage; image++) {
    for (let kernelRow = 0; kernelRow < g.kernelRows; kernelRow++) {
      const input = g.input + image * g.inputImageStep + kernelRow * g.kernelRowStep;
      let sums = gradients + g.output + kernelRow * rowBytes;
      let gradient = g.gradient + image * g.gradientImageStep;
      let channel = 0;
      for (; channel + 2 <= g.channels; channel += 2) {
        let at = 0;
        for (; at + 64 <= rowBytes; at += 64) twoChannelsFour(g, input + at, gradient, sums + at, channelBytes, columns);
        for (; at < rowBytes; at += 16) twoChannelsOne(g, input + at, gradient, sums + at, channelBytes, columns);
        sums += 2 * channelBytes;
        gradient += 8;
      }
      if (channel == g.channels) continue;
      for (let at = 0; at < rowBytes; ) at += oneChannel(g, input + at, gradient, sums + at, columns, rowBytes - at);
    }
  }
}

function twoChannelsFour(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, channelBytes: i32, columns: i32): void {
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const other = sums + channelBytes;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  let b0 = v128.load(other), b1 = v128.load(other, 16), b2 = v128.load(other, 32), b3 = v128.load(other, 48);
  let rowInput = input;
  let rowGradient = gradient;
  const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = rowGradient;
    const end = d + columns * gradientStep;
    do {
      const d0 = v128.load_splat<f32>(d);
      const d1 = v128.load_splat<f32>(d, 4);
      let x = v128.load(p);
      a0 = multiplyAdd(d0, x, a0);
      b0 = multiplyAdd(d1, x, b0);
      x = v128.load(p, 16);
      a1 = multiplyAdd(d0, x, a1);
      b1 = multiplyAdd(d1, x, b1);
      x = v128.load(p, 32);
      a2 = multiplyAdd(d0, x, a2);
      b2 = multiplyAdd(d1, x, b2);
      x = v128.load(p, 48);
      a3 = multiplyAdd(d0, x, a3);
      b3 = multiplyAdd(d1, x, b3);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += inputRowStep;
    rowGradient += gradientRowStep;
  } while (rowGradient != rowsEnd);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
  v128.store(other, b0);
  v128.store(other, b1, 16);
  v128.store(other, b2, 32);
  v128.store(other, b3, 48);
}

function twoChannelsOne(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, channelBytes: i32, columns: i32): void {
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const other = sums + channelBytes;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  let a0 = v128.load(sums);
  let b0 = v128.load(other);
  let rowInput = input;
  let rowGradient = gradient;
  const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = rowGradient;
    const end = d + columns * gradientStep;
    do {
      const x = v128.load(p);
      a0 = multiplyAdd(v128.load_splat<f32>(d), x, a0);
      b0 = multiplyAdd(v128.load_splat<f32>(d, 4), x, b0);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += inputRowStep;
    rowGradient += gradientRowStep;
  } while (rowGradient != rowsEnd);
  v128.store(sums, a0);
  v128.store(other, b0);
}

/** As many vectors as there are registers for; eight are two fours. @returns the bytes that are done */
function oneChannel(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, columns: i32, left: i32): i32 {
  if (left >= 96 && left != 128) {
    oneChannelSix(g, input, gradient, sums, columns);
    return 96;
  }
  if (left >= 64) {
    oneChannelFour(g, input, gradient, sums, columns);
    return 64;
  }
  oneChannelOne(g, input, gradient, sums, columns);
  return 16;
}

function oneChannelSix(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, columns: i32): void {
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  let a4 = v128.load(sums, 64), a5 = v128.load(sums, 80);
  let rowInput = input;
  let rowGradient = gradient;
  const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = rowGradient;
    const end = d + columns * gradientStep;
    do {
      const d0 = v128.load_splat<f32>(d);
      a0 = multiplyAdd(d0, v128.load(p), a0);
      a1 = multiplyAdd(d0, v128.load(p, 16), a1);
      a2 = multiplyAdd(d0, v128.load(p, 32), a2);
      a3 = multiplyAdd(d0, v128.load(p, 48), a3);
      a4 = multiplyAdd(d0, v128.load(p, 64), a4);
      a5 = multiplyAdd(d0, v128.load(p, 80), a5);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += inputRowStep;
    rowGradient += gradientRowStep;
  } while (rowGradient != rowsEnd);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
  v128.store(sums, a4, 64);
  v128.store(sums, a5, 80);
}

function oneChannelFour(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, columns: i32): void {
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  let rowInput = input;
  let rowGradient = gradient;
  const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = rowGradient;
    const end = d + columns * gradientStep;
    do {
      const d0 = v128.load_splat<f32>(d);
      a0 = multiplyAdd(d0, v128.load(p), a0);
      a1 = multiplyAdd(d0, v128.load(p, 16), a1);
      a2 = multiplyAdd(d0, v128.load(p, 32), a2);
      a3 = multiplyAdd(d0, v128.load(p, 48), a3);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += inputRowStep;
    rowGradient += gradientRowStep;
  } while (rowGradient != rowsEnd);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
}

function oneChannelOne(g: WeightGradientRow, input: usize, gradient: usize, sums: usize, columns: i32): void {
  const inputStep = g.inputColumnStep;
  const gradientStep = g.gradientColumnStep;
  const inputRowStep = g.inputRowStep, gradientRowStep = g.gradientRowStep;
  let a0 = v128.load(sums);
  let rowInput = input;
  let rowGradient = gradient;
  const rowsEnd = rowGradient + g.rows * g.gradientRowStep;
  do {
    let p = rowInput, d = rowGradient;
    const end = d + columns * gradientStep;
    do {
      a0 = multiplyAdd(v128.load_splat<f32>(d), v128.load(p), a0);
      p += inputStep;
      d += gradientStep;
    } while (d != end);
    rowInput += inputRowStep;
    rowGradient += gradientRowStep;
  } while (rowGradient != rowsEnd);
  v128.store(sums, a0);
}
