// Lanes: input channels, summed at the end; one output channel for eight pixels of a row. Weights: [kernel row][run].
import { Convolution } from './convolution';
import { multiplyAdd, sumEach } from './lanes';

export function convolveOne(operation: usize, images: i32): void {
  const c = changetype<Convolution>(operation);
  const last = c.columns - 1;
  const i1 = c.inputColumnStep * min(1, last);
  const i2 = c.inputColumnStep * min(2, last);
  const i3 = c.inputColumnStep * min(3, last);
  const i4 = c.inputColumnStep * min(4, last);
  const i5 = c.inputColumnStep * min(5, last);
  const i6 = c.inputColumnStep * min(6, last);
  const i7 = c.inputColumnStep * min(7, last);
  const lastBlock = max(c.columns - 8, 0);
  const runBytes = c.run << 2;
  const rowRest = c.kernelRowStep - runBytes;
  const weightsEnd = c.weights + runBytes * c.kernelRows;
  const floor = f32x4.splat(c.floor);
  const bias = f32x4.splat(load<f32>(c.bias));
  const zero = f32x4.splat(0);
  const output0 = c.output + load<i32>(c.outputOffsets);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < c.rows; row++) {
      for (let column = 0; column < c.columns; column += 8) {
        const first = min(column, lastBlock);
        let p = c.input + image * c.inputImageStep + row * c.inputRowStep + first * c.inputColumnStep;
        let w = c.weights;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        do {
          const end = p + runBytes;
          do {
            const w0 = v128.load(w);
            a0 = multiplyAdd(w0, v128.load(p), a0);
            a1 = multiplyAdd(w0, v128.load(p + i1), a1);
            a2 = multiplyAdd(w0, v128.load(p + i2), a2);
            a3 = multiplyAdd(w0, v128.load(p + i3), a3);
            a4 = multiplyAdd(w0, v128.load(p + i4), a4);
            a5 = multiplyAdd(w0, v128.load(p + i5), a5);
            a6 = multiplyAdd(w0, v128.load(p + i6), a6);
            a7 = multiplyAdd(w0, v128.load(p + i7), a7);
            w += 16;
            p += 16;
          } while (p != end);
          p += rowRest;
        } while (w != weightsEnd);
        const low = f32x4.pmax(f32x4.add(sumEach(a0, a1, a2, a3), bias), floor);
        const high = f32x4.pmax(f32x4.add(sumEach(a4, a5, a6, a7), bias), floor);
        let out = output0 + image * c.outputImageStep + row * c.outputRowStep + first * c.outputColumnStep;
        const step = c.outputColumnStep;
        store<f32>(out, f32x4.extract_lane(low, 0));
        if (last > 0) store<f32>((out += step), f32x4.extract_lane(low, 1));
        if (last > 1) store<f32>((out += step), f32x4.extract_lane(low, 2));
        if (last > 2) store<f32>((out += step), f32x4.extract_lane(low, 3));
        if (last > 3) store<f32>((out += step), f32x4.extract_lane(high, 0));
        if (last > 4) store<f32>((out += step), f32x4.extract_lane(high, 1));
        if (last > 5) store<f32>((out += step), f32x4.extract_lane(high, 2));
        if (last > 6) store<f32>((out += step), f32x4.extract_lane(high, 3));
      }
    }
  }
}
