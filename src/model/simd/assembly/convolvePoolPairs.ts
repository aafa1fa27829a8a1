// Convolution, activation and 2×2 max pooling in one pass; the full image is never stored.
// Lanes: output channels, two vectors of them for the four pixels of a window. Weights: [pair][kernel row][run][8].
import { Convolution } from './convolution';
import { multiplyAdd } from './lanes';
import { storeLargest } from './poolWindow';

export function convolvePoolPairs(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const i1 = c.inputColumnStep;
  const i2 = c.inputRowStep;
  const i3 = i1 + i2;
  const column = i32x4.splat(i1);
  const row = i32x4.splat(i2);
  const runBytes = c.run << 2;
  const rowRest = c.kernelRowStep - runBytes;
  const pairBytes = runBytes * c.kernelRows * 8;
  const floor = f32x4.splat(c.floor);
  for (let image = fromImage; image < toImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const count = load<i32>(c.blockCount + image * c.blockCountImageStep);
    const windows = c.blocks + image * c.blocksImageStep;
    const windowsEnd = windows + (count << 3);
    for (let pair = 0; pair < c.vectors >> 1; pair++) {
      const bias0 = v128.load(c.bias + (pair << 5));
      const bias1 = v128.load(c.bias + (pair << 5), 16);
      const output = c.output + image * c.outputImageStep + (pair << 5);
      const winners = c.winners + image * c.outputImageStep + (pair << 5);
      const weights = c.weights + pair * pairBytes;
      const weightsEnd = weights + pairBytes;
      for (let at = windows; at != windowsEnd; at += 8) {
        const origin = load<i32>(at);
        let p = input + origin;
        let w = weights;
        let a0 = bias0, a1 = bias0, a2 = bias0, a3 = bias0;
        let b0 = bias1, b1 = bias1, b2 = bias1, b3 = bias1;
        do {
          const end = p + runBytes;
          do {
            const w0 = v128.load(w);
            const w1 = v128.load(w, 16);
            let x = v128.load_splat<f32>(p);
            a0 = multiplyAdd(x, w0, a0);
            b0 = multiplyAdd(x, w1, b0);
            x = v128.load_splat<f32>(p + i1);
            a1 = multiplyAdd(x, w0, a1);
            b1 = multiplyAdd(x, w1, b1);
            x = v128.load_splat<f32>(p + i2);
            a2 = multiplyAdd(x, w0, a2);
            b2 = multiplyAdd(x, w1, b2);
            x = v128.load_splat<f32>(p + i3);
            a3 = multiplyAdd(x, w0, a3);
            b3 = multiplyAdd(x, w1, b3);
            w += 32;
            p += 4;
          } while (p != end);
          p += rowRest;
        } while (w != weightsEnd);
        const offset = load<i32>(at, 4);
        storeLargest(output + offset, winners + offset, a0, a1, a2, a3, floor, origin, column, row);
        storeLargest(output + offset + 16, winners + offset + 16, b0, b1, b2, b3, floor, origin, column, row);
      }
    }
  }
}
