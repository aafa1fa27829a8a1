// The gradient before an activation from the one after it, in place, and its sum over pixels, which is the bias's gradient.
// Lanes: values side by side.
import { Values } from './values';

export function activationGradient(operation: usize, images: i32): void {
  const v = changetype<Values>(operation);
  if (v.single) singleChannel(v, images);
  else for (let vector = 0; vector < v.vectors; vector++) oneVector(v, images, vector);
}

@inline
function derivative(activation: i32, y: v128, gradient: v128): v128 {
  const one = f32x4.splat(1);
  if (activation == 1) return v128.andnot(gradient, f32x4.le(y, f32x4.splat(0)));
  if (activation == 2) return f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(y, y)));
  if (activation == 3) return f32x4.mul(gradient, f32x4.mul(y, f32x4.sub(one, y)));
  return gradient;
}

function oneVector(v: Values, images: i32, vector: i32): void {
  const bias = v.biasGradient + (vector << 4);
  let sum = v128.load(bias);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < v.rows; row++) {
      const at = image * v.imageStep + row * v.rowStep + (vector << 4);
      let y = v.values + at;
      let d = v.gradient + at;
      const end = d + v.groups * v.groupStep;
      do {
        const masked = derivative(v.activation, v128.load(y), v128.load(d));
        sum = f32x4.add(sum, masked);
        v128.store(d, masked);
        y += v.groupStep;
        d += v.groupStep;
      } while (d != end);
    }
  }
  v128.store(bias, sum);
}

function singleChannel(v: Values, images: i32): void {
  let sum = f32x4.splat(0);
  const mask = v128.load(v.mask);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < v.rows; row++) {
      const at = image * v.imageStep + row * v.rowStep;
      let y = v.values + at;
      let d = v.gradient + at;
      const last = d + ((v.vectors - 1) << 4);
      for (; d != last; d += 16, y += 16) {
        const masked = derivative(v.activation, v128.load(y), v128.load(d));
        sum = f32x4.add(sum, masked);
        v128.store(d, masked);
      }
      const masked = v128.and(derivative(v.activation, v128.load(y), v128.load(d)), mask);
      sum = f32x4.add(sum, masked);
      v128.store(d, masked);
    }
  }
  const total =
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  store<f32>(v.biasGradient, load<f32>(v.biasGradient) + total);
}
