// Both gradients of a fused convolution and pooling. Only the pixel that won its window has a gradient, and of those many are
// zero: each output channel lists the others, and visits only them. Lanes: values along a kernel row of the input.
import { ConvPoolGradient } from './convPoolGradient';
import { seenCount, seenWindows } from './seenWindows';
import { gradients } from '../shard';
import { spreadOne, spreadOneOfThreeRows, spreadSix, spreadTwoOfThreeRows } from './argmaxInputGradient';
import { sumOne, sumOneOfThreeRows, sumSix, sumTwoOfFiveRows, sumTwoOfThreeRows } from './argmaxWeightGradient';

/** Channels whose lists are there at a time. */
const LISTS = 4;
/** Where a list's pairs begin. */
const FIRST = 8;

export function convPoolGradientWide(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<ConvPoolGradient>(operation);
  const channelBytes = g.kernelRows * (g.rowVectors << 4);
  for (let image = fromImage; image < toImage; image++) {
    const input = g.input + image * g.inputImageStep;
    const inputGradient = g.inputGradient + image * g.inputImageStep;
    if (g.inputGradient != 0) memory.fill(g.clear + image * g.clearImageStep, 0, g.clearBytes);
    const windows = seenWindows(g, image);
    const windowsEnd = windows + (seenCount << 3);
    for (let first = 0; first < g.channels; first += LISTS) {
      const lists = min(LISTS, g.channels - first);
      for (let index = 0; index < lists; index++)
        listArgmax(g, windows, windowsEnd, image, first + index, g.list + index * g.listStep);
      // All sums, then all that is spread: input and gradient together are more than the first-level cache.
      for (let index = 0; index < lists; index++) {
        const list = g.list + index * g.listStep;
        if (load<i32>(list) != 0) sumWeights(g, list, input, gradients + g.output + (first + index) * channelBytes);
      }
      if (g.inputGradient == 0) continue;
      for (let index = 0; index < lists; index++) {
        const list = g.list + index * g.listStep;
        if (load<i32>(list) != 0) spreadWeights(g, list, inputGradient, g.weights + (first + index) * channelBytes);
      }
    }
  }
}

/** How many there are, and from `FIRST` on pairs of gradient and winner's offset, the gradients that are zero left out. */
function listArgmax(g: ConvPoolGradient, windows: usize, windowsEnd: usize, image: i32, channel: i32, list: usize): void {
  const gradient = g.gradient + image * g.gradientImageStep + (channel << 2);
  const argmax = g.argmax + image * g.gradientImageStep + (channel << 2);
  let next = list + FIRST;
  for (let at = windows; at != windowsEnd; at += 8) {
    const offset = load<i32>(at, 4);
    const value = load<f32>(gradient + offset);
    store<f32>(next, value);
    store<i32>(next, load<i32>(argmax + offset), 4);
    next += (<usize>(value != 0)) << 3;
  }
  store<i32>(list, <i32>(next - list - FIRST) >> 3);
}

/** Six vectors of a row as long as there are six, then the columns that are left: five or three rows at a time, then one by one. */
function sumWeights(g: ConvPoolGradient, list: usize, input: usize, sums: usize): void {
  const first = list + FIRST, end = first + (load<i32>(list) << 3);
  const rowBytes = g.rowVectors << 4;
  const sixes = (g.rowVectors / 6) * 96;
  const step = g.kernelRowStep;
  for (let row = 0; row < g.kernelRows; row++)
    for (let at = 0; at < sixes; at += 96) sumSix(first, end, input + row * step + at, sums + row * rowBytes + at);
  let row = 0;
  // A kernel of five rows or seven over one channel: two vectors, all at once.
  if (g.rowVectors == 2)
    for (; row + 5 <= g.kernelRows; row += 5)
      sumTwoOfFiveRows(first, end, input + row * step, step, sums + row * rowBytes, rowBytes);
  for (; row + 3 <= g.kernelRows; row += 3) {
    const p = input + row * step;
    const s = sums + row * rowBytes;
    let at = sixes;
    for (; at + 32 <= rowBytes; at += 32) sumTwoOfThreeRows(first, end, p + at, step, s + at, rowBytes);
    if (at < rowBytes) sumOneOfThreeRows(first, end, p + at, step, s + at, rowBytes);
  }
  for (; row < g.kernelRows; row++)
    for (let at = sixes; at < rowBytes; at += 16) sumOne(first, end, input + row * step + at, sums + row * rowBytes + at);
}

/** In the same order. */
function spreadWeights(g: ConvPoolGradient, list: usize, gradient: usize, weights: usize): void {
  const first = list + FIRST, end = first + (load<i32>(list) << 3);
  const rowBytes = g.rowVectors << 4;
  const sixes = (g.rowVectors / 6) * 96;
  const step = g.kernelRowStep;
  for (let row = 0; row < g.kernelRows; row++)
    for (let at = 0; at < sixes; at += 96) spreadSix(first, end, gradient + row * step + at, weights + row * rowBytes + at);
  let row = 0;
  for (; row + 3 <= g.kernelRows; row += 3) {
    const p = gradient + row * step;
    const w = weights + row * rowBytes;
    let at = sixes;
    for (; at + 32 <= rowBytes; at += 32) spreadTwoOfThreeRows(first, end, p + at, step, w + at, rowBytes);
    if (at < rowBytes) spreadOneOfThreeRows(first, end, p + at, step, w + at, rowBytes);
  }
  for (; row < g.kernelRows; row++)
    for (let at = sixes; at < rowBytes; at += 16) spreadOne(first, end, gradient + row * step + at, weights + row * rowBytes + at);
}
