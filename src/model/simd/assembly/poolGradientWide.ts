// Both gradients of a fused convolution and pooling. Only the pixel that won its window has a gradient, and of those many are
// zero: each output channel lists the others, and visits only them.
// Lanes: values along a kernel row of the input; twelve, four or one vectors of it at a time.
import { multiplyAdd } from './lanes';
import { PoolGradient } from './poolGradient';
import { gradients } from './shard';

export function poolGradientWide(operation: usize, images: i32): void {
  const g = changetype<PoolGradient>(operation);
  const rowBytes = g.runVectors << 4;
  const sums = gradients + g.output;
  for (let image = 0; image < images; image++) {
    if (g.inputGradient != 0) clear(g.clear + image * g.clearImageStep, g.clearBytes);
    const input = g.input + image * g.inputImageStep;
    const inputGradient = g.inputGradient + image * g.inputImageStep;
    for (let channel = 0; channel < g.channels; channel++) {
      const end = listWinners(g, image, channel);
      if (end == g.list) continue;
      let at = channel * g.kernelRows * rowBytes;
      for (let kernelRow = 0; kernelRow < g.kernelRows; kernelRow++) {
        let run = kernelRow * g.kernelRowStep;
        const rowEnd = at + rowBytes;
        while (at != rowEnd) {
          const left = rowEnd - at;
          if (left >= 192) {
            weights12(g.list, end, input + run, sums + at);
            if (g.inputGradient != 0) input12(g.list, end, inputGradient + run, g.weights + at);
            at += 192;
            run += 192;
          } else if (left >= 64) {
            weights4(g.list, end, input + run, sums + at);
            if (g.inputGradient != 0) input4(g.list, end, inputGradient + run, g.weights + at);
            at += 64;
            run += 64;
          } else {
            weights1(g.list, end, input + run, sums + at);
            if (g.inputGradient != 0) input1(g.list, end, inputGradient + run, g.weights + at);
            at += 16;
            run += 16;
          }
        }
      }
    }
  }
}

/** @param bytes whole vectors */
function clear(p: usize, bytes: i32): void {
  const zero = f32x4.splat(0);
  const end = p + bytes;
  for (; p + 64 <= end; p += 64) {
    v128.store(p, zero);
    v128.store(p, zero, 16);
    v128.store(p, zero, 32);
    v128.store(p, zero, 48);
  }
  for (; p < end; p += 16) v128.store(p, zero);
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

function weights12(list: usize, end: usize, input: usize, sums: usize): void {
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  let a4 = v128.load(sums, 64), a5 = v128.load(sums, 80), a6 = v128.load(sums, 96), a7 = v128.load(sums, 112);
  let a8 = v128.load(sums, 128), a9 = v128.load(sums, 144), a10 = v128.load(sums, 160), a11 = v128.load(sums, 176);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a0 = multiplyAdd(d, v128.load(p), a0);
    a1 = multiplyAdd(d, v128.load(p, 16), a1);
    a2 = multiplyAdd(d, v128.load(p, 32), a2);
    a3 = multiplyAdd(d, v128.load(p, 48), a3);
    a4 = multiplyAdd(d, v128.load(p, 64), a4);
    a5 = multiplyAdd(d, v128.load(p, 80), a5);
    a6 = multiplyAdd(d, v128.load(p, 96), a6);
    a7 = multiplyAdd(d, v128.load(p, 112), a7);
    a8 = multiplyAdd(d, v128.load(p, 128), a8);
    a9 = multiplyAdd(d, v128.load(p, 144), a9);
    a10 = multiplyAdd(d, v128.load(p, 160), a10);
    a11 = multiplyAdd(d, v128.load(p, 176), a11);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
  v128.store(sums, a4, 64);
  v128.store(sums, a5, 80);
  v128.store(sums, a6, 96);
  v128.store(sums, a7, 112);
  v128.store(sums, a8, 128);
  v128.store(sums, a9, 144);
  v128.store(sums, a10, 160);
  v128.store(sums, a11, 176);
}

function weights4(list: usize, end: usize, input: usize, sums: usize): void {
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a0 = multiplyAdd(d, v128.load(p), a0);
    a1 = multiplyAdd(d, v128.load(p, 16), a1);
    a2 = multiplyAdd(d, v128.load(p, 32), a2);
    a3 = multiplyAdd(d, v128.load(p, 48), a3);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
}

function weights1(list: usize, end: usize, input: usize, sums: usize): void {
  let a0 = v128.load(sums);
  do {
    a0 = multiplyAdd(v128.load_splat<f32>(list), v128.load(input + load<i32>(list, 4)), a0);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
}

@inline
function addTo(p: usize, value: v128): void {
  v128.store(p, f32x4.add(v128.load(p), value));
}

function input12(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16), w2 = v128.load(weights, 32), w3 = v128.load(weights, 48);
  const w4 = v128.load(weights, 64), w5 = v128.load(weights, 80), w6 = v128.load(weights, 96), w7 = v128.load(weights, 112);
  const w8 = v128.load(weights, 128), w9 = v128.load(weights, 144), w10 = v128.load(weights, 160), w11 = v128.load(weights, 176);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    addTo(p, f32x4.mul(d, w0));
    addTo(p + 16, f32x4.mul(d, w1));
    addTo(p + 32, f32x4.mul(d, w2));
    addTo(p + 48, f32x4.mul(d, w3));
    addTo(p + 64, f32x4.mul(d, w4));
    addTo(p + 80, f32x4.mul(d, w5));
    addTo(p + 96, f32x4.mul(d, w6));
    addTo(p + 112, f32x4.mul(d, w7));
    addTo(p + 128, f32x4.mul(d, w8));
    addTo(p + 144, f32x4.mul(d, w9));
    addTo(p + 160, f32x4.mul(d, w10));
    addTo(p + 176, f32x4.mul(d, w11));
    list += 8;
  } while (list != end);
}

function input4(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16), w2 = v128.load(weights, 32), w3 = v128.load(weights, 48);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    addTo(p, f32x4.mul(d, w0));
    addTo(p + 16, f32x4.mul(d, w1));
    addTo(p + 32, f32x4.mul(d, w2));
    addTo(p + 48, f32x4.mul(d, w3));
    list += 8;
  } while (list != end);
}

function input1(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w0 = v128.load(weights);
  do {
    addTo(gradient + load<i32>(list, 4), f32x4.mul(v128.load_splat<f32>(list), w0));
    list += 8;
  } while (list != end);
}
