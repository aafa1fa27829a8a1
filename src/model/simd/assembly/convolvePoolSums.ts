// Convolution, activation and 2×2 max pooling in one pass.
// Lanes: input channels, summed at the end; four output channels for two pixels of a window at a time.
// Weights: [vector of outputs][kernel row][run / 4][output of 4][4].
import { Convolution } from './convolution';
import { multiplyAdd, sumEach } from './lanes';
import { storeLargest } from './poolWindow';

export function convolvePoolSums(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const i1 = c.inputColumnStep;
  const column = i32x4.splat(i1);
  const row = i32x4.splat(c.inputRowStep);
  const runBytes = c.run << 2;
  const rowRest = c.kernelRowStep - runBytes;
  const vectorBytes = runBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  const zero = f32x4.splat(0);
  for (let image = fromImage; image < toImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const count = load<i32>(c.blockCount + image * c.blockCountImageStep);
    const windows = c.blocks + image * c.blocksImageStep;
    const windowsEnd = windows + (count << 3);
    for (let vector = 0; vector < c.vectors; vector++) {
      const bias = v128.load(c.bias + (vector << 4));
      const output = c.output + image * c.outputImageStep + (vector << 4);
      const winners = c.winners + image * c.outputImageStep + (vector << 4);
      const weights = c.weights + vector * vectorBytes;
      const weightsEnd = weights + vectorBytes;
      for (let at = windows; at != windowsEnd; at += 8) {
        const origin = load<i32>(at);
        let p = input + origin;
        let upperLeft = zero, upperRight = zero, left = zero, right = zero;
        let lower = false;
        // Both pixels of the upper row, then both of the lower one: eight sums fit the registers, sixteen do not.
        while (true) {
          let w = weights;
          let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
          let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
          do {
            const end = p + runBytes;
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
          if (lower) break;
          lower = true;
          upperLeft = left;
          upperRight = right;
          p = input + origin + c.inputRowStep;
        }
        const offset = load<i32>(at, 4);
        storeLargest(output + offset, winners + offset, upperLeft, upperRight, left, right, floor, origin, column, row);
      }
    }
  }
}
