// A dense layer for all images of a tile, four at a time, and the last one or two of them. Lanes: output channels. Weights: [pair][input][8].
import { multiplyAdd } from '../vectors';
import { Convolution } from './convolution';
import { convolve4x8 } from './convolve4x8';

export function denseTile(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const rest = (toImage - fromImage) & 3;
  const pairs = c.vectors >> 1;
  if (rest == 0 || rest == 3) return convolve4x8(operation, fromImage, toImage);
  const restImage = toImage - rest;
  if (restImage != fromImage) convolve4x8(operation, fromImage, restImage);
  // One that is alone is both.
  let pair = 0;
  for (; pair + 2 <= pairs; pair += 2) twoPairs(c, restImage, toImage - 1, pair);
  if (pair < pairs) onePair(c, restImage, toImage - 1, pair);
}

function twoPairs(c: Convolution, first: i32, second: i32, pair: i32): void {
  const pairBytes = c.rowValues << 5;
  const bias = c.bias + (pair << 5);
  let w = c.weights + pair * pairBytes;
  const end = w + pairBytes;
  let p = c.input + first * c.inputImageStep;
  const toSecond = (second - first) * c.inputImageStep;
  const bias0 = v128.load(bias), bias1 = v128.load(bias, 16), bias2 = v128.load(bias, 32), bias3 = v128.load(bias, 48);
  let a0 = bias0, a1 = bias1, a2 = bias2, a3 = bias3;
  let b0 = bias0, b1 = bias1, b2 = bias2, b3 = bias3;
  do {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    const w2 = v128.load(w + pairBytes), w3 = v128.load(w + pairBytes, 16);
    let x = v128.load_splat<f32>(p);
    a0 = multiplyAdd(x, w0, a0);
    a1 = multiplyAdd(x, w1, a1);
    a2 = multiplyAdd(x, w2, a2);
    a3 = multiplyAdd(x, w3, a3);
    x = v128.load_splat<f32>(p + toSecond);
    b0 = multiplyAdd(x, w0, b0);
    b1 = multiplyAdd(x, w1, b1);
    b2 = multiplyAdd(x, w2, b2);
    b3 = multiplyAdd(x, w3, b3);
    w += 32;
    p += 4;
  } while (w != end);
  const vector = pair << 1;
  put(c, first, vector, a0);
  put(c, first, vector + 1, a1);
  put(c, first, vector + 2, a2);
  put(c, first, vector + 3, a3);
  put(c, second, vector, b0);
  put(c, second, vector + 1, b1);
  put(c, second, vector + 2, b2);
  put(c, second, vector + 3, b3);
}

function onePair(c: Convolution, first: i32, second: i32, pair: i32): void {
  const pairBytes = c.rowValues << 5;
  const bias = c.bias + (pair << 5);
  let w = c.weights + pair * pairBytes;
  const end = w + pairBytes;
  let p = c.input + first * c.inputImageStep;
  const toSecond = (second - first) * c.inputImageStep;
  let a0 = v128.load(bias), a1 = v128.load(bias, 16);
  let b0 = a0, b1 = a1;
  do {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    let x = v128.load_splat<f32>(p);
    a0 = multiplyAdd(x, w0, a0);
    a1 = multiplyAdd(x, w1, a1);
    x = v128.load_splat<f32>(p + toSecond);
    b0 = multiplyAdd(x, w0, b0);
    b1 = multiplyAdd(x, w1, b1);
    w += 32;
    p += 4;
  } while (w != end);
  put(c, first, pair << 1, a0);
  put(c, first, (pair << 1) + 1, a1);
  put(c, second, pair << 1, b0);
  put(c, second, (pair << 1) + 1, b1);
}

/** A vector of an image's outputs, summed. */
@inline
export function put(c: Convolution, image: i32, vector: i32, sum: v128): void {
  const output = c.output + image * c.outputImageStep + load<i32>(c.outputOffsets + (vector << 2));
  v128.store(output, f32x4.pmax(sum, f32x4.splat(c.floor)));
}
