// Lanes: output channels, one vector of them for a block of six pixels. Weights: [vector][kernel row][row value][4].
import { Convolution, countBlocks } from './convolution';
import { multiplyAdd } from '../vectors';
import { storeLanes } from '../storeLanes';

export function convolve6x4(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const lastImage = c.pixelsAreImages ? fromImage + 1 : toImage;
  const rowBytes = c.rowValues << 2;
  const rowRest = c.kernelRowStep - rowBytes;
  const vectorBytes = rowBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  for (let image = fromImage; image < lastImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    const blocksEnd = c.blocks + (countBlocks(c, image, toImage, 6) * 48);
    for (let vector = 0; vector < c.vectors; vector++) {
      const bias = v128.load(c.bias + (vector << 4));
      const weights = c.weights + vector * vectorBytes;
      const weightsEnd = weights + vectorBytes;
      let block = c.blocks;
      do {
        let p = input + load<i32>(block);
        const i1 = load<i32>(block, 4), i2 = load<i32>(block, 8), i3 = load<i32>(block, 12);
        const i4 = load<i32>(block, 16), i5 = load<i32>(block, 20);
        let w = weights;
        let a0 = bias, a1 = bias, a2 = bias, a3 = bias, a4 = bias, a5 = bias;
        do {
          const end = p + rowBytes;
          do {
            const w0 = v128.load(w);
            a0 = multiplyAdd(v128.load_splat<f32>(p), w0, a0);
            a1 = multiplyAdd(v128.load_splat<f32>(p + i1), w0, a1);
            a2 = multiplyAdd(v128.load_splat<f32>(p + i2), w0, a2);
            a3 = multiplyAdd(v128.load_splat<f32>(p + i3), w0, a3);
            a4 = multiplyAdd(v128.load_splat<f32>(p + i4), w0, a4);
            a5 = multiplyAdd(v128.load_splat<f32>(p + i5), w0, a5);
            w += 16;
            p += 4;
          } while (p != end);
          p += rowRest;
        } while (w != weightsEnd);
        storeLanes(c, vector, output + load<i32>(block, 24), f32x4.pmax(a0, floor));
        storeLanes(c, vector, output + load<i32>(block, 28), f32x4.pmax(a1, floor));
        storeLanes(c, vector, output + load<i32>(block, 32), f32x4.pmax(a2, floor));
        storeLanes(c, vector, output + load<i32>(block, 36), f32x4.pmax(a3, floor));
        storeLanes(c, vector, output + load<i32>(block, 40), f32x4.pmax(a4, floor));
        storeLanes(c, vector, output + load<i32>(block, 44), f32x4.pmax(a5, floor));
        block += 48;
      } while (block != blocksEnd);
    }
  }
}
