// The input's gradient from the winners of one output channel: each adds (its gradient) × (weights) around its place.
// Lanes: values along a kernel row; six vectors of one row at a time, or one or two of each of three rows.
// `list`: pairs of gradient (f32) and the winner's offset (i32), at least one.

export function spreadSix(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16), w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48), w4 = v128.load(weights, 64), w5 = v128.load(weights, 80);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    v128.store(p, f32x4.add(v128.load(p), f32x4.mul(d, w0)));
    v128.store(p, f32x4.add(v128.load(p, 16), f32x4.mul(d, w1)), 16);
    v128.store(p, f32x4.add(v128.load(p, 32), f32x4.mul(d, w2)), 32);
    v128.store(p, f32x4.add(v128.load(p, 48), f32x4.mul(d, w3)), 48);
    v128.store(p, f32x4.add(v128.load(p, 64), f32x4.mul(d, w4)), 64);
    v128.store(p, f32x4.add(v128.load(p, 80), f32x4.mul(d, w5)), 80);
    list += 8;
  } while (list != end);
}

/** @param step from one input row to the next, `weightStep` from the weights of one kernel row to those of the next */
export function spreadTwoOfThreeRows(list: usize, end: usize, gradient: usize, step: i32, weights: usize, weightStep: i32): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16);
  const v0 = v128.load(weights + weightStep), v1 = v128.load(weights + weightStep, 16);
  const u0 = v128.load(weights + 2 * weightStep), u1 = v128.load(weights + 2 * weightStep, 16);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    v128.store(p, f32x4.add(v128.load(p), f32x4.mul(d, w0)));
    v128.store(p, f32x4.add(v128.load(p, 16), f32x4.mul(d, w1)), 16);
    const q = p + step, r = q + step;
    v128.store(q, f32x4.add(v128.load(q), f32x4.mul(d, v0)));
    v128.store(q, f32x4.add(v128.load(q, 16), f32x4.mul(d, v1)), 16);
    v128.store(r, f32x4.add(v128.load(r), f32x4.mul(d, u0)));
    v128.store(r, f32x4.add(v128.load(r, 16), f32x4.mul(d, u1)), 16);
    list += 8;
  } while (list != end);
}

export function spreadOneOfThreeRows(list: usize, end: usize, gradient: usize, step: i32, weights: usize, weightStep: i32): void {
  const w = v128.load(weights), v = v128.load(weights + weightStep), u = v128.load(weights + 2 * weightStep);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    v128.store(p, f32x4.add(v128.load(p), f32x4.mul(d, w)));
    const q = p + step, r = q + step;
    v128.store(q, f32x4.add(v128.load(q), f32x4.mul(d, v)));
    v128.store(r, f32x4.add(v128.load(r), f32x4.mul(d, u)));
    list += 8;
  } while (list != end);
}

export function spreadOne(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w = v128.load(weights);
  do {
    const p = gradient + load<i32>(list, 4);
    v128.store(p, f32x4.add(v128.load(p), f32x4.mul(v128.load_splat<f32>(list), w)));
    list += 8;
  } while (list != end);
}
