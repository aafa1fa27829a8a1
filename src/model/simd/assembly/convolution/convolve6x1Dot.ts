// Lanes: input channels, summed at the end; one output channel for a block of six pixels. Weights: [kernel row][row value].
import { Convolution, countBlocks } from './convolution';
import { multiplyAdd, sumEach } from '../vectors';

export function convolve6x1Dot(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const weightsEnd = c.weights + rowBytes * c.kernelRows;
  const floor = f32x4.splat(c.floor);
  const bias = f32x4.splat(load<f32>(c.bias));
  const zero = f32x4.splat(0);
  for (let image = fromImage; image < toImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep + load<i32>(c.outputOffsets);
    const blocksEnd = c.blocks + (countBlocks(c, image, toImage, 6) * 48);
    let block = c.blocks;
    do {
      let p = input + load<i32>(block);
      const i1 = load<i32>(block, 4), i2 = load<i32>(block, 8), i3 = load<i32>(block, 12);
      const i4 = load<i32>(block, 16), i5 = load<i32>(block, 20);
      let w = c.weights;
      let a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
      do {
        const end = p + rowBytes;
        do {
          const w0 = v128.load(w);
          a0 = multiplyAdd(w0, v128.load(p), a0);
          a1 = multiplyAdd(w0, v128.load(p + i1), a1);
          a2 = multiplyAdd(w0, v128.load(p + i2), a2);
          a3 = multiplyAdd(w0, v128.load(p + i3), a3);
          a4 = multiplyAdd(w0, v128.load(p + i4), a4);
          a5 = multiplyAdd(w0, v128.load(p + i5), a5);
          w += 16;
          p += 16;
        } while (p != end);
        p += rowRest;
      } while (w != weightsEnd);
      const low = f32x4.pmax(f32x4.add(sumEach(a0, a1, a2, a3), bias), floor);
      const high = f32x4.pmax(f32x4.add(sumEach(a4, a5, a4, a5), bias), floor);
      v128.store_lane<f32>(output + load<i32>(block, 24), low, 0);
      v128.store_lane<f32>(output + load<i32>(block, 28), low, 1);
      v128.store_lane<f32>(output + load<i32>(block, 32), low, 2);
      v128.store_lane<f32>(output + load<i32>(block, 36), low, 3);
      v128.store_lane<f32>(output + load<i32>(block, 40), high, 0);
      v128.store_lane<f32>(output + load<i32>(block, 44), high, 1);
      block += 48;
    } while (block != blocksEnd);
  }
}
