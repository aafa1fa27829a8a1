// Lanes: input channels, summed at the end; four output channels for a block of two pixels.
// Weights: [vector of outputs][kernel row][row value / 4][output of 4][4].
import { Convolution, countBlocks } from './convolution';
import { multiplyAdd, sumEach } from '../vectors';
import { storeLanes } from '../storeLanes';

export function convolve2x4Dot(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const lastImage = c.pixelsAreImages ? fromImage + 1 : toImage;
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const vectorBytes = rowBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  const zero = f32x4.splat(0);
  for (let image = fromImage; image < lastImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    const blocksEnd = c.blocks + (countBlocks(c, image, toImage, 2) << 4);
    for (let vector = 0; vector < c.vectors; vector++) {
      const bias = v128.load(c.bias + (vector << 4));
      const weights = c.weights + vector * vectorBytes;
      const weightsEnd = weights + vectorBytes;
      let block = c.blocks;
      do {
        let p = input + load<i32>(block);
        const i1 = load<i32>(block, 4);
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
        storeLanes(c, vector, output + load<i32>(block, 8), f32x4.pmax(f32x4.add(sumEach(a0, a1, a2, a3), bias), floor));
        storeLanes(c, vector, output + load<i32>(block, 12), f32x4.pmax(f32x4.add(sumEach(b0, b1, b2, b3), bias), floor));
        block += 16;
      } while (block != blocksEnd);
    }
  }
}
