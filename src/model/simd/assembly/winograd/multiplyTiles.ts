// The products of Winograd's filtering: for each of the 36 places a product of matrices. Lanes: output channels, two vectors of them
// for a block of four tiles, or of four input channels.
import { multiplyAdd } from '../vectors';
import { PLACES } from './tiles';

/**
 * Outputs of each tile: its input's channels times the weights. Tiles go in whole blocks; what lies behind the last one does not matter.
 * @param weights [place][pair of output vectors][input channel][8], then the vector that is left
 */
export function multiplyTiles(
  inputs: usize, inputStep: i32, tiles: i32, inputVectors: i32,
  weights: usize, outputs: usize, outputStep: i32, outputVectors: i32,
): void {
  const i1 = inputVectors << 4, i2 = 2 * i1, i3 = 3 * i1;
  const o1 = outputVectors << 4, o2 = 2 * o1, o3 = 3 * o1;
  const zero = f32x4.splat(0);
  for (let place = 0; place < PLACES; place++) {
    const end = inputs + ((tiles + 3) >> 2) * (i1 << 2);
    for (let vector = 0; vector + 2 <= outputVectors; vector += 2) {
      let tile = inputs;
      let to = outputs + (vector << 4);
      do {
        let p = tile;
        let w = weights;
        const channelsEnd = p + i1;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        do {
          const w0 = v128.load(w), w1 = v128.load(w, 16);
          let x = v128.load_splat<f32>(p);
          a0 = multiplyAdd(x, w0, a0);
          b0 = multiplyAdd(x, w1, b0);
          x = v128.load_splat<f32>(p + i1);
          a1 = multiplyAdd(x, w0, a1);
          b1 = multiplyAdd(x, w1, b1);
          x = v128.load_splat<f32>(p + i2);
          a2 = multiplyAdd(x, w0, a2);
          b2 = multiplyAdd(x, w1, b2);
          x = v128.load_splat<f32>(p + i3);
          a3 = multiplyAdd(x, w0, a3);
          b3 = multiplyAdd(x, w1, b3);
          w += 32;
          p += 4;
        } while (p != channelsEnd);
        v128.store(to, a0);
        v128.store(to, b0, 16);
        v128.store(to + o1, a1);
        v128.store(to + o1, b1, 16);
        v128.store(to + o2, a2);
        v128.store(to + o2, b2, 16);
        v128.store(to + o3, a3);
        v128.store(to + o3, b3, 16);
        tile += i1 << 2;
        to += o1 << 2;
      } while (tile != end);
      weights += i1 << 3;
    }
    if (outputVectors & 1) {
      let tile = inputs;
      let to = outputs + o1 - 16;
      do {
        let p = tile;
        let w = weights;
        const channelsEnd = p + i1;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        do {
          const w0 = v128.load(w);
          a0 = multiplyAdd(v128.load_splat<f32>(p), w0, a0);
          a1 = multiplyAdd(v128.load_splat<f32>(p + i1), w0, a1);
          a2 = multiplyAdd(v128.load_splat<f32>(p + i2), w0, a2);
          a3 = multiplyAdd(v128.load_splat<f32>(p + i3), w0, a3);
          w += 16;
          p += 4;
        } while (p != channelsEnd);
        v128.store(to, a0);
        v128.store(to + o1, a1);
        v128.store(to + o2, a2);
        v128.store(to + o3, a3);
        tile += i1 << 2;
        to += o1 << 2;
      } while (tile != end);
      weights += i1 << 2;
    }
    inputs += inputStep;
    outputs += outputStep;
  }
}

/**
 * Sums over tiles of (input) × (gradient of the output), laid out as the weights above.
 * @param isFirst the sums begin with these tiles
 */
export function multiplyGradients(
  inputs: usize, inputStep: i32, tiles: i32, inputVectors: i32,
  gradients: usize, gradientStep: i32, outputVectors: i32, sums: usize, isFirst: bool,
): void {
  const i1 = inputVectors << 4, o1 = outputVectors << 4;
  const zero = f32x4.splat(0);
  for (let place = 0; place < PLACES; place++) {
    const end = inputs + i1;
    for (let vector = 0; vector + 2 <= outputVectors; vector += 2) {
      let channel = inputs;
      do {
        let p = channel;
        let d = gradients + (vector << 4);
        const tilesEnd = d + tiles * o1;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        let b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        if (!isFirst) {
          a0 = v128.load(sums), b0 = v128.load(sums, 16), a1 = v128.load(sums, 32), b1 = v128.load(sums, 48);
          a2 = v128.load(sums, 64), b2 = v128.load(sums, 80), a3 = v128.load(sums, 96), b3 = v128.load(sums, 112);
        }
        do {
          const d0 = v128.load(d), d1 = v128.load(d, 16);
          let x = v128.load_splat<f32>(p);
          a0 = multiplyAdd(x, d0, a0);
          b0 = multiplyAdd(x, d1, b0);
          x = v128.load_splat<f32>(p, 4);
          a1 = multiplyAdd(x, d0, a1);
          b1 = multiplyAdd(x, d1, b1);
          x = v128.load_splat<f32>(p, 8);
          a2 = multiplyAdd(x, d0, a2);
          b2 = multiplyAdd(x, d1, b2);
          x = v128.load_splat<f32>(p, 12);
          a3 = multiplyAdd(x, d0, a3);
          b3 = multiplyAdd(x, d1, b3);
          p += i1;
          d += o1;
        } while (d != tilesEnd);
        v128.store(sums, a0);
        v128.store(sums, b0, 16);
        v128.store(sums, a1, 32);
        v128.store(sums, b1, 48);
        v128.store(sums, a2, 64);
        v128.store(sums, b2, 80);
        v128.store(sums, a3, 96);
        v128.store(sums, b3, 112);
        sums += 128;
        channel += 16;
      } while (channel != end);
    }
    if (outputVectors & 1) {
      let channel = inputs;
      do {
        let p = channel;
        let d = gradients + o1 - 16;
        const tilesEnd = d + tiles * o1;
        let a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        if (!isFirst) {
          a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32), a3 = v128.load(sums, 48);
        }
        do {
          const d0 = v128.load(d);
          a0 = multiplyAdd(v128.load_splat<f32>(p), d0, a0);
          a1 = multiplyAdd(v128.load_splat<f32>(p, 4), d0, a1);
          a2 = multiplyAdd(v128.load_splat<f32>(p, 8), d0, a2);
          a3 = multiplyAdd(v128.load_splat<f32>(p, 12), d0, a3);
          p += i1;
          d += o1;
        } while (d != tilesEnd);
        v128.store(sums, a0);
        v128.store(sums, a1, 16);
        v128.store(sums, a2, 32);
        v128.store(sums, a3, 48);
        sums += 64;
        channel += 16;
      } while (channel != end);
    }
    inputs += inputStep;
    gradients += gradientStep;
  }
}
