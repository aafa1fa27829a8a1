// A dense layer, without the inputs that are zero; where that leaves out too little, or a weight is not finite, as it stands. Both come to
// the same bits. Lanes: output channels, eight vectors of them for one image. Weights: [pair][input][8].
import { multiplyAdd } from '../vectors';
import { Convolution } from './convolution';
import { denseTile, put } from './denseTile';
import { areSparse } from './nonZeros';

/** With more inputs than that it pays no longer. */
const SHARE: f32 = 0.55;

export function denseNonZeros(operation: usize, fromImage: i32, toImage: i32): void {
  const c = changetype<Convolution>(operation);
  const images = toImage - fromImage;
  const input = c.input + fromImage * c.inputImageStep;
  if (load<i32>(c.finite) == 0 || !areSparse(input, c.inputImageStep, images, c.rowValues, SHARE))
    return denseTile(operation, fromImage, toImage);
  for (let image = 0; image < images; image++)
    listNonZeros(input + image * c.inputImageStep, c.rowValues, c.scratch + image * c.scratchStep);
  const pairs = c.vectors >> 1;
  let pair = 0;
  for (; pair + 4 <= pairs; pair += 4)
    for (let image = 0; image < images; image++)
      fourPairs(c, c.scratch + image * c.scratchStep, fromImage + image, pair);
  for (; pair < pairs; pair++)
    for (let image = 0; image < images; image++)
      onePair(c, c.scratch + image * c.scratchStep, fromImage + image, pair);
}

/** Where the list ends, and from 8 on pairs of a value and the place of its weights. */
function listNonZeros(input: usize, values: i32, list: usize): void {
  let next = list + 8;
  const end = input + (values << 2);
  let offset = 0;
  for (let p = input; p < end; p += 16) {
    if (v128.any_true(f32x4.ne(v128.load(p), f32x4.splat(0)))) {
      const last = min(p + 16, end);
      let place = offset;
      for (let q = p; q != last; q += 4) {
        const value = load<f32>(q);
        store<f32>(next, value);
        store<i32>(next, place, 4);
        next += (<usize>(value != 0)) << 3;
        place += 32;
      }
    }
    offset += 128;
  }
  store<usize>(list, next);
}

function fourPairs(c: Convolution, list: usize, image: i32, pair: i32): void {
  const pairBytes = c.rowValues << 5;
  const bias = c.bias + (pair << 5);
  const weights0 = c.weights + pair * pairBytes;
  const weights1 = weights0 + pairBytes, weights2 = weights1 + pairBytes, weights3 = weights2 + pairBytes;
  let a0 = v128.load(bias), a1 = v128.load(bias, 16), a2 = v128.load(bias, 32), a3 = v128.load(bias, 48);
  let a4 = v128.load(bias, 64), a5 = v128.load(bias, 80), a6 = v128.load(bias, 96), a7 = v128.load(bias, 112);
  const end = load<usize>(list);
  let at = list + 8;
  while (at != end) {
    const x = v128.load_splat<f32>(at);
    const place = load<i32>(at, 4);
    const w0 = weights0 + place, w1 = weights1 + place;
    a0 = multiplyAdd(x, v128.load(w0), a0);
    a1 = multiplyAdd(x, v128.load(w0, 16), a1);
    a2 = multiplyAdd(x, v128.load(w1), a2);
    a3 = multiplyAdd(x, v128.load(w1, 16), a3);
    // Never: so that V8 computes sums before it loads what comes next.
    if (at == 0) break;
    const w2 = weights2 + place, w3 = weights3 + place;
    a4 = multiplyAdd(x, v128.load(w2), a4);
    a5 = multiplyAdd(x, v128.load(w2, 16), a5);
    a6 = multiplyAdd(x, v128.load(w3), a6);
    a7 = multiplyAdd(x, v128.load(w3, 16), a7);
    at += 8;
  }
  const vector = pair << 1;
  put(c, image, vector, a0);
  put(c, image, vector + 1, a1);
  put(c, image, vector + 2, a2);
  put(c, image, vector + 3, a3);
  put(c, image, vector + 4, a4);
  put(c, image, vector + 5, a5);
  put(c, image, vector + 6, a6);
  put(c, image, vector + 7, a7);
}

function onePair(c: Convolution, list: usize, image: i32, pair: i32): void {
  const bias = c.bias + (pair << 5);
  const weights = c.weights + pair * (c.rowValues << 5);
  let a0 = v128.load(bias), a1 = v128.load(bias, 16);
  const end = load<usize>(list);
  for (let at = list + 8; at != end; at += 8) {
    const x = v128.load_splat<f32>(at);
    const w = weights + load<i32>(at, 4);
    a0 = multiplyAdd(x, v128.load(w), a0);
    a1 = multiplyAdd(x, v128.load(w, 16), a1);
  }
  put(c, image, pair << 1, a0);
  put(c, image, (pair << 1) + 1, a1);
}
