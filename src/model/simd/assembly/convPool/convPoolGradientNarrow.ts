// The weights' gradient of a fused convolution and pooling whose kernel rows fit one vector (one input channel).
// Lanes: the taps of a kernel row; two output channels and up to three kernel rows at a time, window by window.
// Only the pixel that won its window has a gradient.
import { multiplyAdd } from '../vectors';
import { ConvPoolGradient } from './convPoolGradient';
import { gradients } from '../shard';
import { seenCount, seenWindows } from './seenWindows';

export function convPoolGradientNarrow(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<ConvPoolGradient>(operation);
  for (let image = fromImage; image < toImage; image++) {
    const windows = seenWindows(g, image);
    const count = seenCount;
    if (count == 0) continue;
    const end = windows + (count << 3);
    for (let channel = 0; channel < g.channels; channel += 2) {
      let kernelRow = 0;
      for (; kernelRow + 3 <= g.kernelRows; kernelRow += 3) threeRows(g, image, windows, end, channel, kernelRow);
      for (; kernelRow < g.kernelRows; kernelRow++) oneRow(g, image, windows, end, channel, kernelRow);
    }
  }
}

function threeRows(g: ConvPoolGradient, image: i32, windows: usize, end: usize, channel: i32, kernelRow: i32): void {
  const rowBytes = g.rowVectors << 4;
  const sums0 = gradients + g.output + (channel * g.kernelRows + kernelRow) * rowBytes;
  const sums1 = sums0 + g.kernelRows * rowBytes;
  const input = g.input + image * g.inputImageStep + kernelRow * g.kernelRowStep;
  const step = g.kernelRowStep;
  const gradient = g.gradient + image * g.gradientImageStep + (channel << 2);
  const argmax = g.argmax + image * g.gradientImageStep + (channel << 2);
  let a0 = v128.load(sums0), a1 = v128.load(sums0 + rowBytes), a2 = v128.load(sums0 + 2 * rowBytes);
  let b0 = v128.load(sums1), b1 = v128.load(sums1 + rowBytes), b2 = v128.load(sums1 + 2 * rowBytes);
  do {
    const offset = load<i32>(windows, 4);
    const d0 = v128.load_splat<f32>(gradient + offset);
    const d1 = v128.load_splat<f32>(gradient + offset, 4);
    const p = input + load<i32>(argmax + offset);
    const q = input + load<i32>(argmax + offset, 4);
    a0 = multiplyAdd(d0, v128.load(p), a0);
    a1 = multiplyAdd(d0, v128.load(p + step), a1);
    a2 = multiplyAdd(d0, v128.load(p + 2 * step), a2);
    b0 = multiplyAdd(d1, v128.load(q), b0);
    b1 = multiplyAdd(d1, v128.load(q + step), b1);
    b2 = multiplyAdd(d1, v128.load(q + 2 * step), b2);
    windows += 8;
  } while (windows != end);
  v128.store(sums0, a0);
  v128.store(sums0 + rowBytes, a1);
  v128.store(sums0 + 2 * rowBytes, a2);
  v128.store(sums1, b0);
  v128.store(sums1 + rowBytes, b1);
  v128.store(sums1 + 2 * rowBytes, b2);
}

function oneRow(g: ConvPoolGradient, image: i32, windows: usize, end: usize, channel: i32, kernelRow: i32): void {
  const rowBytes = g.rowVectors << 4;
  const sums0 = gradients + g.output + (channel * g.kernelRows + kernelRow) * rowBytes;
  const sums1 = sums0 + g.kernelRows * rowBytes;
  const input = g.input + image * g.inputImageStep + kernelRow * g.kernelRowStep;
  const gradient = g.gradient + image * g.gradientImageStep + (channel << 2);
  const argmax = g.argmax + image * g.gradientImageStep + (channel << 2);
  let a0 = v128.load(sums0);
  let b0 = v128.load(sums1);
  do {
    const offset = load<i32>(windows, 4);
    const p = input + load<i32>(argmax + offset);
    const q = input + load<i32>(argmax + offset, 4);
    a0 = multiplyAdd(v128.load_splat<f32>(gradient + offset), v128.load(p), a0);
    b0 = multiplyAdd(v128.load_splat<f32>(gradient + offset, 4), v128.load(q), b0);
    windows += 8;
  } while (windows != end);
  v128.store(sums0, a0);
  v128.store(sums1, b0);
}
