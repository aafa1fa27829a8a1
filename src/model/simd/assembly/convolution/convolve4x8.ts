// Lanes: output channels, two vectors of them for a block of four pixels. Weights: [pair][kernel row][row value][8].
import { Convolution, countBlocks } from './convolution';
import { multiplyAdd } from '../vectors';

export function convolve4x8(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const lastImage = c.pixelsAreImages ? fromImage + 1 : toImage;
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const pairBytes = rowBytes * c.kernelRows * 8;
  const floor = f32x4.splat(c.floor);
  for (let image = fromImage; image < lastImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    const blocksEnd = c.blocks + (countBlocks(c, image, toImage, 4) << 5);
    for (let pair = 0; pair < c.vectors >> 1; pair++) {
      const bias0 = v128.load(c.bias + (pair << 5));
      const bias1 = v128.load(c.bias + (pair << 5), 16);
      const weights = c.weights + pair * pairBytes;
      const weightsEnd = weights + pairBytes;
      const output0 = output + load<i32>(c.outputOffsets + (pair << 3));
      const output1 = output + load<i32>(c.outputOffsets + (pair << 3), 4);
      let block = c.blocks;
      do {
        let p = input + load<i32>(block);
        const i1 = load<i32>(block, 4), i2 = load<i32>(block, 8), i3 = load<i32>(block, 12);
        let w = weights;
        let a0 = bias0, a1 = bias0, a2 = bias0, a3 = bias0;
        let b0 = bias1, b1 = bias1, b2 = bias1, b3 = bias1;
        do {
          const end = p + rowBytes;
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
        const o0 = load<i32>(block, 16), o1 = load<i32>(block, 20), o2 = load<i32>(block, 24), o3 = load<i32>(block, 28);
        v128.store(output0 + o0, f32x4.pmax(a0, floor));
        v128.store(output0 + o1, f32x4.pmax(a1, floor));
        v128.store(output0 + o2, f32x4.pmax(a2, floor));
        v128.store(output0 + o3, f32x4.pmax(a3, floor));
        v128.store(output1 + o0, f32x4.pmax(b0, floor));
        v128.store(output1 + o1, f32x4.pmax(b1, floor));
        v128.store(output1 + o2, f32x4.pmax(b2, floor));
        v128.store(output1 + o3, f32x4.pmax(b3, floor));
        block += 32;
      } while (block != blocksEnd);
    }
  }
}
