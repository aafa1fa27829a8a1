// Lanes: output channels, two vectors of them for four pixels of a row. Weights: [pair][kernel row][run][8].
import { Convolution } from './convolution';
import { multiplyAdd } from './lanes';

export function convolvePairs(operation: usize, images: i32): void {
  const c = changetype<Convolution>(operation);
  const columns = c.columns == 0 ? images : c.columns;
  const count = c.columns == 0 ? 1 : images;
  // Fewer than four columns: the last ones are computed more than once, to the same bits.
  const i1 = c.inputColumnStep * min(1, columns - 1);
  const i2 = c.inputColumnStep * min(2, columns - 1);
  const i3 = c.inputColumnStep * min(3, columns - 1);
  const o1 = c.outputColumnStep * min(1, columns - 1);
  const o2 = c.outputColumnStep * min(2, columns - 1);
  const o3 = c.outputColumnStep * min(3, columns - 1);
  const lastBlock = max(columns - 4, 0);
  const runBytes = c.run << 2;
  const rowRest = c.kernelRowStep - runBytes;
  const pairBytes = runBytes * c.kernelRows * 8;
  const floor = f32x4.splat(c.floor);
  for (let image = 0; image < count; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    for (let pair = 0; pair < c.vectors >> 1; pair++) {
      const bias0 = v128.load(c.bias + (pair << 5));
      const bias1 = v128.load(c.bias + (pair << 5), 16);
      const weights = c.weights + pair * pairBytes;
      const weightsEnd = weights + pairBytes;
      const offset0 = load<i32>(c.outputOffsets + (pair << 3));
      const offset1 = load<i32>(c.outputOffsets + (pair << 3), 4);
      for (let row = 0; row < c.rows; row++) {
        for (let column = 0; column < columns; column += 4) {
          const first = min(column, lastBlock);
          let p = input + row * c.inputRowStep + first * c.inputColumnStep;
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
          const pixel = output + row * c.outputRowStep + first * c.outputColumnStep;
          let out = pixel + offset0;
          v128.store(out, f32x4.pmax(a0, floor));
          v128.store(out + o1, f32x4.pmax(a1, floor));
          v128.store(out + o2, f32x4.pmax(a2, floor));
          v128.store(out + o3, f32x4.pmax(a3, floor));
          out = pixel + offset1;
          v128.store(out, f32x4.pmax(b0, floor));
          v128.store(out + o1, f32x4.pmax(b1, floor));
          v128.store(out + o2, f32x4.pmax(b2, floor));
          v128.store(out + o3, f32x4.pmax(b3, floor));
        }
      }
    }
  }
}
