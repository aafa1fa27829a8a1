// Convolution, activation and 2×2 max pooling in one pass, for rows of three values (3×3 windows of one channel).
// Lanes: output channels, two vectors of them for the four pixels of a window. Weights: [pair][kernel row][3][8].
// The bits are those of `convPool8`; why there are branches that are never taken says the README.
import { Convolution } from '../convolution/convolution';
import { isNaN, multiplyAdd } from '../vectors';
import { storeLargest, storeLargestOrNaN } from './poolWindow';

export function convPool8Row3(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  for (let image = fromImage; image < toImage; image++) {
    if (load<i32>(c.blockCount + image * c.blockCountImageStep) == 0) continue;
    if (isNaN(poolImage(c, image, false))) poolImageWithNaN(c, image);
  }
}

function poolImageWithNaN(c: Convolution, image: i32): void {
  poolImage(c, image, true);
}

/** @returns a sum of everything: NaN if anything is */
@inline
function poolImage(c: Convolution, image: i32, hasNaN: bool): v128 {
  const i2 = c.inputRowStep;
  const column = i32x4.splat(c.inputColumnStep);
  const row = i32x4.splat(i2);
  const step = c.kernelRowStep;
  const pairBytes = c.kernelRows * 96;
  const floor = f32x4.splat(c.floor);
  const input = c.input + image * c.inputImageStep;
  const windows = c.blocks + image * c.blocksImageStep;
  const windowsEnd = windows + (load<i32>(c.blockCount + image * c.blockCountImageStep) << 3);
  const pairs = c.vectors >> 1;
  let total = f32x4.splat(0);
  for (let pair = 0; pair < pairs; pair++) {
    const bias0 = v128.load(c.bias + (pair << 5));
    const bias1 = v128.load(c.bias + (pair << 5), 16);
    const output = c.output + image * c.outputImageStep + (pair << 5);
    const argmax = c.argmax + image * c.outputImageStep + (pair << 5);
    const weights = c.weights + pair * pairBytes;
    const weightsEnd = weights + pairBytes;
    let at = windows;
    do {
      const origin = load<i32>(at);
      let p = input + origin;
      let w = weights;
      let a0 = bias0, a1 = bias0, a2 = bias0, a3 = bias0;
      let b0 = bias1, b1 = bias1, b2 = bias1, b3 = bias1;
      do {
        const q = p + i2;
        let w0 = v128.load(w);
        let w1 = v128.load(w, 16);
        let x = v128.load_splat<f32>(p);
        a0 = multiplyAdd(x, w0, a0);
        b0 = multiplyAdd(x, w1, b0);
        x = v128.load_splat<f32>(p, 4);
        a1 = multiplyAdd(x, w0, a1);
        b1 = multiplyAdd(x, w1, b1);
        x = v128.load_splat<f32>(q);
        a2 = multiplyAdd(x, w0, a2);
        b2 = multiplyAdd(x, w1, b2);
        x = v128.load_splat<f32>(q, 4);
        a3 = multiplyAdd(x, w0, a3);
        b3 = multiplyAdd(x, w1, b3);
        if (p == 0) break;
        w0 = v128.load(w, 32);
        w1 = v128.load(w, 48);
        x = v128.load_splat<f32>(p, 4);
        a0 = multiplyAdd(x, w0, a0);
        b0 = multiplyAdd(x, w1, b0);
        x = v128.load_splat<f32>(p, 8);
        a1 = multiplyAdd(x, w0, a1);
        b1 = multiplyAdd(x, w1, b1);
        x = v128.load_splat<f32>(q, 4);
        a2 = multiplyAdd(x, w0, a2);
        b2 = multiplyAdd(x, w1, b2);
        x = v128.load_splat<f32>(q, 8);
        a3 = multiplyAdd(x, w0, a3);
        b3 = multiplyAdd(x, w1, b3);
        if (q == 0) break;
        w0 = v128.load(w, 64);
        w1 = v128.load(w, 80);
        x = v128.load_splat<f32>(p, 8);
        a0 = multiplyAdd(x, w0, a0);
        b0 = multiplyAdd(x, w1, b0);
        x = v128.load_splat<f32>(p, 12);
        a1 = multiplyAdd(x, w0, a1);
        b1 = multiplyAdd(x, w1, b1);
        x = v128.load_splat<f32>(q, 8);
        a2 = multiplyAdd(x, w0, a2);
        b2 = multiplyAdd(x, w1, b2);
        x = v128.load_splat<f32>(q, 12);
        a3 = multiplyAdd(x, w0, a3);
        b3 = multiplyAdd(x, w1, b3);
        w += 96;
        p += step;
      } while (w != weightsEnd);
      const offset = load<i32>(at, 4);
      const to = output + offset, argmaxTo = argmax + offset;
      if (hasNaN) {
        storeLargestOrNaN(to, argmaxTo, a0, a1, a2, a3, floor, origin, column, row);
        storeLargestOrNaN(to + 16, argmaxTo + 16, b0, b1, b2, b3, floor, origin, column, row);
      } else {
        const sum = storeLargest(to, argmaxTo, a0, a1, a2, a3, floor, origin, column, row);
        total = f32x4.add(total, f32x4.add(sum, storeLargest(to + 16, argmaxTo + 16, b0, b1, b2, b3, floor, origin, column, row)));
      }
      at += 8;
    } while (at != windowsEnd);
  }
  return total;
}
