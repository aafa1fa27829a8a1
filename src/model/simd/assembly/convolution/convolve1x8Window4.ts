// Windows of four values, whose weights stay in registers: no loop over the window.
// Lanes: output channels, two vectors of them for one pixel. Weights: [pair][value of 4][8].
import { Convolution } from './convolution';
import { multiplyAdd } from '../vectors';

export function convolve1x8Window4(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  // The values lie in one kernel row, in two or in four.
  const t1 = c.rowValues > 1 ? 4 : c.kernelRowStep;
  const t2 = c.rowValues > 2 ? 8 : c.rowValues > 1 ? c.kernelRowStep : 2 * c.kernelRowStep;
  const t3 = t2 + t1;
  const floor = f32x4.splat(c.floor);
  for (let image = fromImage; image < toImage; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    const blocksEnd = c.blocks + (load<i32>(c.blockCount) << 3);
    for (let pair = 0; pair < c.vectors >> 1; pair++) {
      const w = c.weights + (pair << 7);
      const bias0 = v128.load(c.bias + (pair << 5)), bias1 = v128.load(c.bias + (pair << 5), 16);
      const v0 = v128.load(w), v1 = v128.load(w, 32), v2 = v128.load(w, 64), v3 = v128.load(w, 96);
      const w0 = v128.load(w, 16), w1 = v128.load(w, 48), w2 = v128.load(w, 80), w3 = v128.load(w, 112);
      const output0 = output + load<i32>(c.outputOffsets + (pair << 3));
      const output1 = output + load<i32>(c.outputOffsets + (pair << 3), 4);
      let block = c.blocks;
      do {
        const p = input + load<i32>(block);
        const o = load<i32>(block, 4);
        let x = v128.load_splat<f32>(p);
        let a = multiplyAdd(x, v0, bias0);
        let b = multiplyAdd(x, w0, bias1);
        x = v128.load_splat<f32>(p + t1);
        a = multiplyAdd(x, v1, a);
        b = multiplyAdd(x, w1, b);
        x = v128.load_splat<f32>(p + t2);
        a = multiplyAdd(x, v2, a);
        b = multiplyAdd(x, w2, b);
        x = v128.load_splat<f32>(p + t3);
        a = multiplyAdd(x, v3, a);
        b = multiplyAdd(x, w3, b);
        v128.store(output0 + o, f32x4.pmax(a, floor));
        v128.store(output1 + o, f32x4.pmax(b, floor));
        block += 8;
      } while (block != blocksEnd);
    }
  }
}
