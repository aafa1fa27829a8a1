// Convolution, activation and 2×2 max pooling in one pass.
// Lanes: output channels, one vector of them for the four pixels of a window. Weights: [vector][kernel row][row value][4].
import { Convolution } from '../convolution/convolution';
import { isNaN, multiplyAdd } from '../vectors';
import { storeLargest, storeLargestOrNaN } from './poolWindow';

export function convPool4(operation: usize, fromImage: i32, toImage: i32): void {
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
  const i3 = i1 + i2;
  const column = i32x4.splat(i1);
  const row = i32x4.splat(i2);
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const vectorBytes = rowBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  const input = c.input + image * c.inputImageStep;
  const windows = c.blocks + image * c.blocksImageStep;
  const windowsEnd = windows + (load<i32>(c.blockCount + image * c.blockCountImageStep) << 3);
  let total = f32x4.splat(0);
  for (let vector = 0; vector < c.vectors; vector++) {
    const bias = v128.load(c.bias + (vector << 4));
    const output = c.output + image * c.outputImageStep + (vector << 4);
    const argmax = c.argmax + image * c.outputImageStep + (vector << 4);
    const weights = c.weights + vector * vectorBytes;
    const weightsEnd = weights + vectorBytes;
    let at = windows;
    do {
      const origin = load<i32>(at);
      let p = input + origin;
      let w = weights;
      let a0 = bias, a1 = bias, a2 = bias, a3 = bias;
      do {
        const end = p + rowBytes;
        do {
          const w0 = v128.load(w);
          a0 = multiplyAdd(v128.load_splat<f32>(p), w0, a0);
          a1 = multiplyAdd(v128.load_splat<f32>(p + i1), w0, a1);
          a2 = multiplyAdd(v128.load_splat<f32>(p + i2), w0, a2);
          a3 = multiplyAdd(v128.load_splat<f32>(p + i3), w0, a3);
          w += 16;
          p += 4;
        } while (p != end);
        p += rowRest;
      } while (w != weightsEnd);
      const offset = load<i32>(at, 4);
      if (hasNaN) storeLargestOrNaN(output + offset, argmax + offset, a0, a1, a2, a3, floor, origin, column, row);
      else total = f32x4.add(total, storeLargest(output + offset, argmax + offset, a0, a1, a2, a3, floor, origin, column, row));
      at += 8;
    } while (at != windowsEnd);
  }
  return total;
}
