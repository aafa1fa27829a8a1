// Convolution of 3×3, activation and 2×2 max pooling in one pass, by Winograd's filtering: a pooling window is just what one
// patch comes to. Lanes: input channels while they are multiplied (`winograd.ts`), then output channels.
import { Convolution } from '../convolution/convolution';
import { isNaN } from '../vectors';
import { storeLargest } from './poolWindow';
import { CHUNK, GROUP_BYTES, multiplyPlaces, PRODUCT_BYTES, transformPatch, VECTOR_BYTES, WINDOW_BYTES } from './winograd';

/** @returns whether everything was finite: sums of differences make NaN of an infinity, and such an image is not computed yet */
export function convPoolWinograd(operation: usize, image: i32): bool {
  const c = changetype<Convolution>(operation);
  const count = load<i32>(c.blockCount + image * c.blockCountImageStep);
  const windows = c.blocks + image * c.blocksImageStep;
  let total = f32x4.splat(0);
  for (let first = 0; first < count; first += CHUNK)
    total = f32x4.add(total, poolChunk(c, image, windows + (first << 3), min(CHUNK, count - first)));
  return !isNaN(total);
}

/** @returns a sum of everything: NaN if anything is */
function poolChunk(c: Convolution, image: i32, windows: usize, count: i32): v128 {
  const patches = c.scratch;
  const groups = (c.rowValues / 3 + 7) >> 3;
  const products = patches + groups * GROUP_BYTES;
  transformWindows(c, c.input + image * c.inputImageStep, windows, count, patches);
  const placeStep = (c.vectors * groups) << 7;
  let weights = c.weights;
  for (let vector = 0; vector < c.vectors; vector++)
    for (let group = 0; group < groups; group++) {
      const to = products + vector * VECTOR_BYTES;
      if (group == 0) multiplyPlaces(patches, count, weights, placeStep, to, true);
      else multiplyPlaces(patches + group * GROUP_BYTES, count, weights, placeStep, to, false);
      weights += 128;
    }
  return poolProducts(c, image, windows, count, products);
}

function transformWindows(c: Convolution, input: usize, windows: usize, count: i32, patches: usize): void {
  const columnStep = c.inputColumnStep, rowStep = c.kernelRowStep;
  const channelBytes = (c.rowValues / 3) << 2;
  for (let window = 0; window < count; window++) {
    const patch = input + load<i32>(windows + (window << 3));
    let to = patches + window * WINDOW_BYTES;
    for (let channel = 0; channel < channelBytes; channel += 16) {
      transformPatch(patch + channel, columnStep, rowStep, to + (channel & 16));
      to += (channel & 16) * (GROUP_BYTES >> 4);
    }
  }
}

/** Aᵀ M A and the bias are a window's four pixels. */
function poolProducts(c: Convolution, image: i32, windows: usize, count: i32, products: usize): v128 {
  const column = i32x4.splat(c.inputColumnStep), row = i32x4.splat(c.inputRowStep);
  const floor = f32x4.splat(c.floor);
  const windowsEnd = windows + (count << 3);
  let total = f32x4.splat(0);
  for (let vector = 0; vector < c.vectors; vector++) {
    const bias = v128.load(c.bias + (vector << 4));
    const output = c.output + image * c.outputImageStep + (vector << 4);
    const argmax = c.argmax + image * c.outputImageStep + (vector << 4);
    let m = products + vector * VECTOR_BYTES;
    let at = windows;
    do {
      let a = bias, b = bias, d = bias, e = bias;
      while (true) {
        let m1 = v128.load(m, 16), m2 = v128.load(m, 32);
        a = f32x4.add(a, f32x4.add(f32x4.add(v128.load(m), m1), m2));
        b = f32x4.add(b, f32x4.sub(f32x4.sub(m1, m2), v128.load(m, 48)));
        if (m == 0) break;
        m1 = v128.load(m, 80), m2 = v128.load(m, 96);
        let left = f32x4.add(f32x4.add(v128.load(m, 64), m1), m2);
        let right = f32x4.sub(f32x4.sub(m1, m2), v128.load(m, 112));
        a = f32x4.add(a, left);
        b = f32x4.add(b, right);
        d = f32x4.add(d, left);
        e = f32x4.add(e, right);
        if (at == 0) break;
        m1 = v128.load(m, 144), m2 = v128.load(m, 160);
        left = f32x4.add(f32x4.add(v128.load(m, 128), m1), m2);
        right = f32x4.sub(f32x4.sub(m1, m2), v128.load(m, 176));
        a = f32x4.add(a, left);
        b = f32x4.add(b, right);
        d = f32x4.sub(d, left);
        e = f32x4.sub(e, right);
        if (windowsEnd == 0) break;
        m1 = v128.load(m, 208), m2 = v128.load(m, 224);
        d = f32x4.sub(d, f32x4.add(f32x4.add(v128.load(m, 192), m1), m2));
        e = f32x4.sub(e, f32x4.sub(f32x4.sub(m1, m2), v128.load(m, 240)));
        break;
      }
      m += PRODUCT_BYTES;
      const offset = load<i32>(at, 4);
      total = f32x4.add(
        total,
        storeLargest(output + offset, argmax + offset, a, b, d, e, floor, load<i32>(at), column, row),
      );
      at += 8;
    } while (at != windowsEnd);
  }
  return total;
}
