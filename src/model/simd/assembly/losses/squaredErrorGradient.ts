// At the end of the way forward, when the network learns: activation, squared error, and the gradient before the activation
// with its sum, in one pass over a map whose pixels are one vector or whose rows are one channel. The bits are those of
// `activate`, `squaredError` and `activationGradient` one after the other. Lanes: values side by side.
import { derivative } from '../elementwise/activationGradient';
import { LINEAR, RELU, SIGMOID, TANH } from '../elementwise/activations';
import { exponentials } from '../elementwise/exponential';
import { JOB, Job } from '../job';
import { multiplyAdd } from '../vectors';
import { gradients, loss } from '../shard';
import { Elementwise } from '../elementwise/elementwise';

export function squaredErrorGradient(operation: usize, fromImage: i32, toImage: i32): void {
  const v = changetype<Elementwise>(operation);
  // A loop for each activation, as in `activationGradient`.
  switch (v.activation) {
    case LINEAR: return ofActivation(v, fromImage, toImage, LINEAR);
    case RELU: return ofActivation(v, fromImage, toImage, RELU);
    case TANH: return ofActivation(v, fromImage, toImage, TANH);
    case SIGMOID: return ofActivation(v, fromImage, toImage, SIGMOID);
    default: unreachable();
  }
}

/** From what the convolution left, of which tanh and sigmoid have taken the exponential. */
@inline
function activated(activation: i32, value: v128): v128 {
  const one = f32x4.splat(1);
  if (activation == TANH) return f32x4.add(f32x4.div(f32x4.splat(2), f32x4.add(one, value)), f32x4.splat(-1));
  if (activation == SIGMOID) return f32x4.div(one, f32x4.add(one, value));
  return value;
}

@inline
function ofActivation(v: Elementwise, fromImage: i32, toImage: i32, activation: i32): void {
  const toTarget = v.target - v.values;
  const toGradient = v.gradient - v.values;
  const scale = f32x4.splat(changetype<Job>(JOB).gradientScale * v.weight);
  const bias = gradients + v.biasGradient;
  const mask = v128.load(v.mask);
  // In a row of one channel only the last vector has lanes that are no values; where a pixel is a vector each of them may.
  const everyMask = v.single ? i32x4.splat(-1) : mask;
  const rowBytes = v.groups * v.groupStep;
  let biasSum = v.single ? f32x4.splat(0) : v128.load(bias);
  let total: f64 = 0;
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < v.rows; row++) {
      let p = v.values + image * v.imageStep + row * v.rowStep;
      const end = p + rowBytes;
      if (activation == TANH || activation == SIGMOID) exponentials(p, end, f32x4.splat(activation == TANH ? -2 : -1));
      let sum = f32x4.splat(0);
      do {
        const y = activated(activation, v128.load(p));
        const used = p + 16 == end ? mask : everyMask;
        const difference = v128.and(f32x4.sub(y, v128.load(p + toTarget)), used);
        sum = multiplyAdd(difference, difference, sum);
        const gradient = v128.and(derivative(activation, y, f32x4.mul(scale, difference)), used);
        biasSum = f32x4.add(biasSum, gradient);
        v128.store(p + toGradient, gradient);
        p += 16;
      } while (p != end);
      total +=
        <f64>f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) +
        (<f64>f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
    }
  }
  const place = loss + v.lossAt;
  store<f64>(place, load<f64>(place) + total);
  if (v.single) {
    const sum =
      f32x4.extract_lane(biasSum, 0) + f32x4.extract_lane(biasSum, 1) +
      (f32x4.extract_lane(biasSum, 2) + f32x4.extract_lane(biasSum, 3));
    store<f32>(bias, load<f32>(bias) + sum);
  } else {
    v128.store(bias, biasSum);
  }
}
