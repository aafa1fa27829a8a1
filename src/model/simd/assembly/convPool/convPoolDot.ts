// Convolution, activation and 2×2 max pooling in one pass.
// Lanes: input channels, summed at the end; four output channels for two pixels of a window at a time.
// Weights: [vector of outputs][kernel row][row value / 4][output of 4][4].
import { Convolution } from '../convolution/convolution';
import { isNaN, multiplyAdd, sumEach } from '../vectors';
import { storeLargest, storeLargestOrNaN } from './poolWindow';

export function convPoolDot(operation: usize, fromImage: i32, toImage: i32): void {
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
  const i1 = c.inputColumnStep;
  const i2 = c.inputRowStep;
  const column = i32x4.splat(i1);
  const row = i32x4.splat(i2);
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const vectorBytes = rowBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  const zero = f32x4.splat(0);
  const input = c.input + image * c.inputImageStep;
  const windows = c.blocks + image * c.blocksImageStep;
  const windowsEnd = windows + (load<i32>(c.blockCount + image * c.blockCountImageStep) << 3);
  let total = zero;
  for (let vector = 0; vector < c.vectors; vector++) {
    const bias = v128.load(c.bias + (vector << 4));
    const output = c.output + image * c.outputImageStep + (vector << 4);
    const argmax = c.argmax + image * c.outputImageStep + (vector << 4);
    const weights = c.weights + vector * vectorBytes;
    const weightsEnd = weights + vectorBytes;
    let at = windows;
    do {
      const origin = load<i32>(at);
      const upper = input + origin;
      const lower = upper + i2;
      let p = upper;
      let upperLeft = zero, upperRight = zero, left = zero, right = zero;
      // Both pixels of the upper row, then both of the lower one: eight sums fit the registers, sixteen do not.
      while (true) {
        const isLower = p == lower;
        let w = weights;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        do {
          const end = p + rowBytes;
          do {
            const x0 = v128.load(p);
            const x1 = v128.load(p + i1);
            let w0 = v128.load(w);
            a0 = multiplyAdd(w0, x0, a0);
            b0 = multiplyAdd(w0, x1, b0);
            w0 = v128.load(w, 16);
            a1 = multiplyAdd(w0, x0, a1);
            b1 = multiplyAdd(w0, x1, b1);
            w0 = v128.load(w, 32);
            a2 = multiplyAdd(w0, x0, a2);
            b2 = multiplyAdd(w0, x1, b2);
            w0 = v128.load(w, 48);
            a3 = multiplyAdd(w0, x0, a3);
            b3 = multiplyAdd(w0, x1, b3);
            w += 64;
            p += 16;
          } while (p != end);
          p += rowRest;
        } while (w != weightsEnd);
        left = f32x4.add(sumEach(a0, a1, a2, a3), bias);
        right = f32x4.add(sumEach(b0, b1, b2, b3), bias);
        if (isLower) break;
        upperLeft = left;
        upperRight = right;
        p = lower;
      }
      const offset = load<i32>(at, 4);
      const to = output + offset, argmaxTo = argmax + offset;
      if (hasNaN) storeLargestOrNaN(to, argmaxTo, upperLeft, upperRight, left, right, floor, origin, column, row);
      else total = f32x4.add(total, storeLargest(to, argmaxTo, upperLeft, upperRight, left, right, floor, origin, column, row));
      at += 8;
    } while (at != windowsEnd);
  }
  return total;
}
