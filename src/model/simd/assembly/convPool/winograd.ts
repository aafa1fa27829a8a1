// Convolutions of 3×3 by Winograd's minimal filtering F(2×2, 3×3): the four outputs of a 2×2 window come from 16 products of
// a transformed 4×4 patch and transformed weights instead of 36. (Winograd 1980; Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2015.) A patch's transform serves all outputs, so it pays with 12 input channels and more.

import { multiplyAdd, sumEach } from '../vectors';
/** Windows that are transformed and multiplied at a time. */
export const CHUNK = 16;
/** Transformed patches: [group of 8 channels][window][place of 16][channel of 8]. */
export const WINDOW_BYTES = 16 * 32;
export const GROUP_BYTES = CHUNK * WINDOW_BYTES;
/** Products: [vector of outputs][window][place of 16][output of 4]. */
export const PRODUCT_BYTES = 16 * 16;
export const VECTOR_BYTES = CHUNK * PRODUCT_BYTES;

/** Writes Bᵀ d B of a patch, for four channels. `patch` is its first pixel, `to` the window's first place. */
@inline
export function transformPatch(patch: usize, columnStep: i32, rowStep: i32, to: usize): void {
  let p = patch + columnStep;
  let d0 = v128.load(p), d1 = v128.load(p + rowStep), d2 = v128.load(p + 2 * rowStep), d3 = v128.load(p + 3 * rowStep);
  const a0 = f32x4.sub(d0, d2), a1 = f32x4.add(d1, d2), a2 = f32x4.sub(d2, d1), a3 = f32x4.sub(d1, d3);
  p += columnStep;
  d0 = v128.load(p), d1 = v128.load(p + rowStep), d2 = v128.load(p + 2 * rowStep), d3 = v128.load(p + 3 * rowStep);
  const b0 = f32x4.sub(d0, d2), b1 = f32x4.add(d1, d2), b2 = f32x4.sub(d2, d1), b3 = f32x4.sub(d1, d3);
  v128.store(to, f32x4.add(a0, b0), 32);
  v128.store(to, f32x4.sub(b0, a0), 64);
  v128.store(to, f32x4.add(a1, b1), 160);
  v128.store(to, f32x4.sub(b1, a1), 192);
  v128.store(to, f32x4.add(a2, b2), 288);
  v128.store(to, f32x4.sub(b2, a2), 320);
  v128.store(to, f32x4.add(a3, b3), 416);
  v128.store(to, f32x4.sub(b3, a3), 448);
  p = patch;
  d0 = v128.load(p), d1 = v128.load(p + rowStep), d2 = v128.load(p + 2 * rowStep), d3 = v128.load(p + 3 * rowStep);
  v128.store(to, f32x4.sub(f32x4.sub(d0, d2), b0));
  v128.store(to, f32x4.sub(f32x4.add(d1, d2), b1), 128);
  v128.store(to, f32x4.sub(f32x4.sub(d2, d1), b2), 256);
  v128.store(to, f32x4.sub(f32x4.sub(d1, d3), b3), 384);
  p = patch + 3 * columnStep;
  d0 = v128.load(p), d1 = v128.load(p + rowStep), d2 = v128.load(p + 2 * rowStep), d3 = v128.load(p + 3 * rowStep);
  v128.store(to, f32x4.sub(a0, f32x4.sub(d0, d2)), 96);
  v128.store(to, f32x4.sub(a1, f32x4.add(d1, d2)), 224);
  v128.store(to, f32x4.sub(a2, f32x4.sub(d2, d1)), 352);
  v128.store(to, f32x4.sub(a3, f32x4.sub(d1, d3)), 480);
}

/**
 * Products of `count` windows with the weights of four outputs, for each place; added to those of other groups of channels.
 * Lanes: input channels, then summed to the four outputs. The weights of a place stay in registers.
 * @param weights [place][output of 4][channel of 8] @param placeStep from one place's weights to the next
 */
export function multiplyPlaces(patches: usize, count: i32, weights: usize, placeStep: i32, products: usize, isFirst: bool): void {
  for (let place = 0; place < 16; place++) {
    const u0 = v128.load(weights), u1 = v128.load(weights, 16), v0 = v128.load(weights, 32), v1 = v128.load(weights, 48);
    const w0 = v128.load(weights, 64), w1 = v128.load(weights, 80), y0 = v128.load(weights, 96), y1 = v128.load(weights, 112);
    let p = patches + (place << 5);
    const end = p + count * WINDOW_BYTES;
    let to = products + (place << 4);
    do {
      const x0 = v128.load(p), x1 = v128.load(p, 16);
      const a = multiplyAdd(x1, u1, f32x4.mul(x0, u0));
      const b = multiplyAdd(x1, v1, f32x4.mul(x0, v0));
      const c = multiplyAdd(x1, w1, f32x4.mul(x0, w0));
      const d = multiplyAdd(x1, y1, f32x4.mul(x0, y0));
      let sums = sumEach(a, b, c, d);
      if (!isFirst) sums = f32x4.add(sums, v128.load(to));
      v128.store(to, sums);
      to += PRODUCT_BYTES;
      p += WINDOW_BYTES;
    } while (p != end);
    weights += placeStep;
  }
}
