// The gradient of a dense layer's weights, without the inputs that are zero; where that leaves out too little, or a gradient is not finite,
// as it stands. Both come to the same bits. Lanes: output channels, eight vectors of them for one input. Layout: [pair][input][8].
import { multiplyAdd } from '../vectors';
import { gradients } from '../shard';
import { areFinite, areSparse } from './nonZeros';
import { WeightGradient } from './weightGradient';
import { weightGradient4x8 } from './weightGradient4x8';

/** With more inputs than that it pays no longer. */
const SHARE: f32 = 0.7;

export function denseGradientNonZeros(operation: usize, fromImage: i32, toImage: i32): void {
  const g = changetype<WeightGradient>(operation);
  const images = toImage - fromImage;
  const input = g.input + fromImage * g.inputImageStep;
  const gradient = g.gradient + fromImage * g.gradientImageStep;
  let skips = areSparse(input, g.inputColumnStep, images, g.taps, SHARE);
  for (let image = 0; skips && image < images; image++)
    skips = areFinite(gradient + image * g.gradientColumnStep, g.vectors << 4);
  if (!skips) return weightGradient4x8(operation, fromImage, toImage);
  const listsEnd = listNonZeros(g, input, images);
  if (listsEnd == g.scratch) return;
  const pairBytes = g.taps << 5;
  const pairs = g.vectors >> 1;
  let pair = 0;
  for (; pair + 4 <= pairs; pair += 4)
    fourPairs(g, listsEnd, gradient + (pair << 5), gradients + g.output + pair * pairBytes);
  for (; pair < pairs; pair++) onePair(g, listsEnd, gradient + (pair << 5), gradients + g.output + pair * pairBytes);
}

/** For each input that any image has: where the list ends, the place of its sums, and pairs of a value and its image's place. @returns the end */
function listNonZeros(g: WeightGradient, input: usize, images: i32): usize {
  let list = g.scratch;
  const inputEnd = input + images * g.inputColumnStep;
  const inputStep = g.inputColumnStep, gradientStep = g.gradientColumnStep;
  const taps = g.taps;
  for (let tap = 0; tap < taps; tap++) {
    let next = list + 8;
    let place = 0;
    for (let p = input + (tap << 2); p < inputEnd; p += inputStep) {
      const value = load<f32>(p);
      store<f32>(next, value);
      store<i32>(next, place, 4);
      next += (<usize>(value != 0)) << 3;
      place += gradientStep;
    }
    if (next == list + 8) continue;
    store<usize>(list, next);
    store<i32>(list, tap << 5, 4);
    list = next;
  }
  return list;
}

function fourPairs(g: WeightGradient, listsEnd: usize, gradient: usize, output: usize): void {
  const pairBytes = g.taps << 5;
  let list = g.scratch;
  do {
    const end = load<usize>(list);
    const s0 = output + load<i32>(list, 4);
    const s1 = s0 + pairBytes, s2 = s1 + pairBytes, s3 = s2 + pairBytes;
    let a0 = v128.load(s0), a1 = v128.load(s0, 16), a2 = v128.load(s1), a3 = v128.load(s1, 16);
    let a4 = v128.load(s2), a5 = v128.load(s2, 16), a6 = v128.load(s3), a7 = v128.load(s3, 16);
    list += 8;
    do {
      const x = v128.load_splat<f32>(list);
      const d = gradient + load<i32>(list, 4);
      a0 = multiplyAdd(x, v128.load(d), a0);
      a1 = multiplyAdd(x, v128.load(d, 16), a1);
      a2 = multiplyAdd(x, v128.load(d, 32), a2);
      a3 = multiplyAdd(x, v128.load(d, 48), a3);
      // Never: so that V8 computes sums before it loads what comes next.
      if (list == 0) break;
      a4 = multiplyAdd(x, v128.load(d, 64), a4);
      a5 = multiplyAdd(x, v128.load(d, 80), a5);
      a6 = multiplyAdd(x, v128.load(d, 96), a6);
      a7 = multiplyAdd(x, v128.load(d, 112), a7);
      list += 8;
    } while (list != end);
    v128.store(s0, a0);
    v128.store(s0, a1, 16);
    v128.store(s1, a2);
    v128.store(s1, a3, 16);
    v128.store(s2, a4);
    v128.store(s2, a5, 16);
    v128.store(s3, a6);
    v128.store(s3, a7, 16);
  } while (list != listsEnd);
}

function onePair(g: WeightGradient, listsEnd: usize, gradient: usize, output: usize): void {
  let list = g.scratch;
  do {
    const end = load<usize>(list);
    const sums = output + load<i32>(list, 4);
    let a0 = v128.load(sums), a1 = v128.load(sums, 16);
    list += 8;
    do {
      const x = v128.load_splat<f32>(list);
      const d = gradient + load<i32>(list, 4);
      a0 = multiplyAdd(x, v128.load(d), a0);
      a1 = multiplyAdd(x, v128.load(d, 16), a1);
      list += 8;
    } while (list != end);
    v128.store(sums, a0);
    v128.store(sums, a1, 16);
  } while (list != listsEnd);
}
