// The gradient before an activation from the one after it, in place, and its sum over pixels, which is the bias's gradient.
// Lanes: values side by side; four vectors of channels at a time, so that their sums do not wait for each other.
import { gradients } from '../shard';
import { ELU, GELU, LEAKY_RELU, LINEAR, RELU, SIGMOID, SILU, TANH } from './activations';
import { Elementwise } from './elementwise';

export function activationGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  // A loop for each activation: to choose within it took a third of the time.
  switch (v.activation) {
    case LINEAR: return ofActivation(v, fromImage, toImage, LINEAR);
    case RELU: return ofActivation(v, fromImage, toImage, RELU);
    case TANH: return ofActivation(v, fromImage, toImage, TANH);
    case SIGMOID: return ofActivation(v, fromImage, toImage, SIGMOID);
    case LEAKY_RELU: return ofActivation(v, fromImage, toImage, LEAKY_RELU);
    case ELU: return ofActivation(v, fromImage, toImage, ELU);
    case GELU: case SILU: return ofActivation(v, fromImage, toImage, KEPT);
    default: unreachable();
  }
}

@inline
function ofActivation(v: Elementwise, fromImage: i32, toImage: i32, activation: i32): void {
  if (v.single) return singleChannel(v, fromImage, toImage, activation);
  let vector = 0;
  for (; vector + 4 <= v.vectors; vector += 4) fourVectors(v, fromImage, toImage, vector, activation);
  for (; vector < v.vectors; vector++) oneVector(v, fromImage, toImage, vector, activation);
}

/** Instead of what came out, its derivative is at hand: `activate` has kept it. */
const KEPT = -1;

/** The gradient before an activation that gave `y`. @param slope of leakyRelu */
@inline
export function derivative(activation: i32, y: v128, gradient: v128, slope: f32 = 0): v128 {
  const one = f32x4.splat(1);
  if (activation == KEPT) return f32x4.mul(gradient, y);
  if (activation == LEAKY_RELU)
    return v128.bitselect(gradient, f32x4.mul(gradient, f32x4.splat(slope)), f32x4.gt(y, f32x4.splat(0)));
  if (activation == ELU)
    return v128.bitselect(gradient, f32x4.mul(gradient, f32x4.add(y, one)), f32x4.gt(y, f32x4.splat(0)));
  if (activation == RELU) return v128.andnot(gradient, f32x4.le(y, f32x4.splat(0)));
  if (activation == TANH) return f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(y, y)));
  if (activation == SIGMOID) return f32x4.mul(gradient, f32x4.mul(y, f32x4.sub(one, y)));
  return gradient;
}

@inline
function fourVectors(v: Elementwise, fromImage: i32, toImage: i32, vector: i32, activation: i32): void {
  const bias = gradients + v.biasGradient + (vector << 4);
  const toValues = v.values - v.gradient;
  const slope = v.slope;
  const groupStep = v.groupStep;
  let a = v128.load(bias), b = v128.load(bias, 16), c = v128.load(bias, 32), e = v128.load(bias, 48);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let d = v.gradient + image * v.imageStep + row * v.rowStep + (vector << 4);
      const end = d + v.groups * groupStep;
      do {
        const values = d + toValues;
        const d0 = derivative(activation, v128.load(values), v128.load(d), slope);
        v128.store(d, d0);
        a = f32x4.add(a, d0);
        const d1 = derivative(activation, v128.load(values, 16), v128.load(d, 16), slope);
        v128.store(d, d1, 16);
        b = f32x4.add(b, d1);
        const d2 = derivative(activation, v128.load(values, 32), v128.load(d, 32), slope);
        v128.store(d, d2, 32);
        c = f32x4.add(c, d2);
        const d3 = derivative(activation, v128.load(values, 48), v128.load(d, 48), slope);
        v128.store(d, d3, 48);
        e = f32x4.add(e, d3);
        d += groupStep;
      } while (d != end);
    }
  }
  v128.store(bias, a);
  v128.store(bias, b, 16);
  v128.store(bias, c, 32);
  v128.store(bias, e, 48);
}

@inline
function oneVector(v: Elementwise, fromImage: i32, toImage: i32, vector: i32, activation: i32): void {
  const bias = gradients + v.biasGradient + (vector << 4);
  const toValues = v.values - v.gradient;
  const slope = v.slope;
  const groupStep = v.groupStep;
  let sum = v128.load(bias);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let d = v.gradient + image * v.imageStep + row * v.rowStep + (vector << 4);
      const end = d + v.groups * groupStep;
      do {
        const d0 = derivative(activation, v128.load(d + toValues), v128.load(d), slope);
        v128.store(d, d0);
        sum = f32x4.add(sum, d0);
        d += groupStep;
      } while (d != end);
    }
  }
  v128.store(bias, sum);
}

@inline
function singleChannel(v: Elementwise, fromImage: i32, toImage: i32, activation: i32): void {
  let sum = f32x4.splat(0);
  const mask = v128.load(v.mask);
  const toValues = v.values - v.gradient;
  const slope = v.slope;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let d = v.gradient + image * v.imageStep + row * v.rowStep;
      const last = d + ((v.vectors - 1) << 4);
      for (; d != last; d += 16) {
        const d0 = derivative(activation, v128.load(d + toValues), v128.load(d), slope);
        v128.store(d, d0);
        sum = f32x4.add(sum, d0);
      }
      const rest = v128.and(derivative(activation, v128.load(d + toValues), v128.load(d), slope), mask);
      sum = f32x4.add(sum, rest);
      v128.store(d, rest);
    }
  }
  const total =
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  const bias = gradients + v.biasGradient;
  store<f32>(bias, load<f32>(bias) + total);
}
