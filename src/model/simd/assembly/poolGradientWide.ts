// Both gradients of a fused convolution and pooling. Only the pixel that won its window has a gradient, and of those many are
// zero: each output channel lists the others, and visits only them. Lanes: values along a kernel row of the input.
import { PoolGradient } from './poolGradient';
import { gradients } from './shard';
import { spreadOne, spreadOneOfThreeRows, spreadSix, spreadTwoOfThreeRows } from './winnerSpread';
import { sumOne, sumOneOfThreeRows, sumSix, sumTwoOfThreeRows } from './winnerSums';

export function poolGradientWide(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<PoolGradient>(operation);
  const channelBytes = g.kernelRows * (g.runVectors << 4);
  for (let image = fromImage; image < toImage; image++) {
    if (g.inputGradient != 0) memory.fill(g.clear + image * g.clearImageStep, 0, g.clearBytes);
    const input = g.input + image * g.inputImageStep;
    const inputGradient = g.inputGradient + image * g.inputImageStep;
    for (let channel = 0; channel < g.channels; channel++) {
      const end = listWinners(g, image, channel);
      if (end == g.list) continue;
      const place = channel * channelBytes;
      sumWeights(g, end, input, gradients + g.output + place);
      if (g.inputGradient != 0) spreadWeights(g, end, inputGradient, g.weights + place);
    }
  }
}

/** Pairs of gradient and winner's offset, the gradients that are zero left out. */
function listWinners(g: PoolGradient, image: i32, channel: i32): usize {
  const gradient = g.gradient + image * g.gradientImageStep + (channel << 2);
  const winners = g.winners + image * g.gradientImageStep + (channel << 2);
  const windowsEnd = g.windows + (g.count << 3);
  let next = g.list;
  for (let at = g.windows; at != windowsEnd; at += 8) {
    const offset = load<i32>(at, 4);
    const value = load<f32>(gradient + offset);
    store<f32>(next, value);
    store<i32>(next, load<i32>(winners + offset), 4);
    next += (<usize>(value != 0)) << 3;
  }
  return next;
}

/** Six vectors of a row as long as there are six, then the columns that are left: three rows at a time, then one by one. */
function sumWeights(g: PoolGradient, end: usize, input: usize, sums: usize): void {
  const rowBytes = g.runVectors << 4;
  const sixes = (g.runVectors / 6) * 96;
  const step = g.kernelRowStep;
  for (let row = 0; row < g.kernelRows; row++)
    for (let at = 0; at < sixes; at += 96) sumSix(g.list, end, input + row * step + at, sums + row * rowBytes + at);
  let row = 0;
  for (; row + 3 <= g.kernelRows; row += 3) {
    const p = input + row * step;
    const s = sums + row * rowBytes;
    let at = sixes;
    for (; at + 32 <= rowBytes; at += 32) sumTwoOfThreeRows(g.list, end, p + at, step, s + at, rowBytes);
    if (at < rowBytes) sumOneOfThreeRows(g.list, end, p + at, step, s + at, rowBytes);
  }
  for (; row < g.kernelRows; row++)
    for (let at = sixes; at < rowBytes; at += 16) sumOne(g.list, end, input + row * step + at, sums + row * rowBytes + at);
}

/** In the same order. */
function spreadWeights(g: PoolGradient, end: usize, gradient: usize, weights: usize): void {
  const rowBytes = g.runVectors << 4;
  const sixes = (g.runVectors / 6) * 96;
  const step = g.kernelRowStep;
  for (let row = 0; row < g.kernelRows; row++)
    for (let at = 0; at < sixes; at += 96) spreadSix(g.list, end, gradient + row * step + at, weights + row * rowBytes + at);
  let row = 0;
  for (; row + 3 <= g.kernelRows; row += 3) {
    const p = gradient + row * step;
    const w = weights + row * rowBytes;
    let at = sixes;
    for (; at + 32 <= rowBytes; at += 32) spreadTwoOfThreeRows(g.list, end, p + at, step, w + at, rowBytes);
    if (at < rowBytes) spreadOneOfThreeRows(g.list, end, p + at, step, w + at, rowBytes);
  }
  for (; row < g.kernelRows; row++)
    for (let at = sixes; at < rowBytes; at += 16) spreadOne(g.list, end, gradient + row * step + at, weights + row * rowBytes + at);
}
