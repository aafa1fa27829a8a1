// tanh and sigmoid of a feature map, in place. Lanes: values side by side. (relu is a floor of the convolution before it.)
import { TANH } from './activations';
import { exponentials } from './exponential';
import { Elementwise } from './elementwise';

export function activate(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  const mask = v128.load(v.mask);
  const groupBytes = v.groupStep;
  const isTanh = v.activation == TANH;
  // tanh(x) = 2 sigmoid(2x) − 1
  const inner = f32x4.splat(isTanh ? -2 : -1);
  const outer = f32x4.splat(isTanh ? 2 : 1);
  const shift = f32x4.splat(isTanh ? -1 : 0);
  const one = f32x4.splat(1);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep;
      const rowEnd = p + v.groups * v.groupStep;
      exponentials(p, rowEnd, inner);
      do {
        const last = p + groupBytes;
        do {
          v128.store(p, f32x4.add(f32x4.div(outer, f32x4.add(one, v128.load(p))), shift));
          p += 16;
        } while (p != last);
        v128.store(p - 16, v128.and(v128.load(p - 16), mask));
      } while (p != rowEnd);
    }
  }
}
