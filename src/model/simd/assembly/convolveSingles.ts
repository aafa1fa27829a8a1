// Lanes: output channels, one vector of them for four pixels of a row. Weights: [vector][kernel row][run][4].
import { Convolution } from './convolution';
import { multiplyAdd } from './lanes';
import { storeLanes } from './storeLanes';

export function convolveSingles(operation: usize, images: i32): void {
  const c = changetype<Convolution>(operation);
  const columns = c.columns == 0 ? images : c.columns;
  const count = c.columns == 0 ? 1 : images;
  const i1 = c.inputColumnStep * min(1, columns - 1);
  const i2 = c.inputColumnStep * min(2, columns - 1);
  const i3 = c.inputColumnStep * min(3, columns - 1);
  const o1 = c.outputColumnStep * min(1, columns - 1);
  const o2 = c.outputColumnStep * min(2, columns - 1);
  const o3 = c.outputColumnStep * min(3, columns - 1);
  const lastBlock = max(columns - 4, 0);
  const runBytes = c.run << 2;
  const rowRest = c.kernelRowStep - runBytes;
  const vectorBytes = runBytes * c.kernelRows * 4;
  const floor = f32x4.splat(c.floor);
  for (let image = 0; image < count; image++) {
    const input = c.input + image * c.inputImageStep;
    const output = c.output + image * c.outputImageStep;
    for (let vector = 0; vector < c.vectors; vector++) {
      const bias = v128.load(c.bias + (vector << 4));
      const weights = c.weights + vector * vectorBytes;
      const weightsEnd = weights + vectorBytes;
      for (let row = 0; row < c.rows; row++) {
        for (let column = 0; column < columns; column += 4) {
          const first = min(column, lastBlock);
          let p = input + row * c.inputRowStep + first * c.inputColumnStep;
          let w = weights;
          let a0 = bias, a1 = bias, a2 = bias, a3 = bias;
          do {
            const end = p + runBytes;
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
          const pixel = output + row * c.outputRowStep + first * c.outputColumnStep;
          storeLanes(c, vector, pixel, f32x4.pmax(a0, floor));
          storeLanes(c, vector, pixel + o1, f32x4.pmax(a1, floor));
          storeLanes(c, vector, pixel + o2, f32x4.pmax(a2, floor));
          storeLanes(c, vector, pixel + o3, f32x4.pmax(a3, floor));
        }
      }
    }
  }
}
