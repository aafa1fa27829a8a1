// Activations of a feature map, in place. Lanes: values side by side. (relu is a floor of the convolution before it.)
import { ELU, GELU, LEAKY_RELU, SIGMOID, SILU, TANH } from './activations';
import { elu } from './elu';
import { exponentials } from './exponential';
import { Elementwise } from './elementwise';
import { gelu } from './gelu';
import { leakyRelu } from './leakyRelu';
import { silu } from './silu';

export function activate(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  if (v.activation == TANH || v.activation == SIGMOID) return saturate(v, fromImage, toImage);
  const toDerivative = v.derivative - v.values;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      const p = v.values + image * v.imageStep + row * v.rowStep;
      const end = p + v.groups * v.groupStep;
      clearLanes(v, p, end);
      // All of them leave 0 as it is.
      switch (v.activation) {
        case LEAKY_RELU: leakyRelu(p, end, v.slope); break;
        case ELU: elu(p, end); break;
        case GELU: gelu(p, end, toDerivative); break;
        case SILU: silu(p, end, toDerivative); break;
        default: unreachable();
      }
    }
  }
}

/** Zeros where a group has no value. */
@inline
function clearLanes(v: Elementwise, p: usize, end: usize): void {
  const mask = v128.load(v.mask);
  for (let last = p + v.groupStep - 16; last < end; last += v.groupStep) v128.store(last, v128.and(v128.load(last), mask));
}

function saturate(v: Elementwise, fromImage: i32, toImage: i32): void {
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
