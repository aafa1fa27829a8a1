// The input's gradient from the winners of one output channel: each adds (its gradient) × (weights) around its place.
// Lanes: values along a kernel row; six vectors of one row at a time, or one or two of each of three rows.
// `list`: pairs of gradient (f32) and the winner's offset (i32), at least one.

@inline
function addTo(p: usize, value: v128): void {
  v128.store(p, f32x4.add(v128.load(p), value));
}

export function spreadSix(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w0 = v128.load(weights), w1 = v128.load(weights, 16), w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48), w4 = v128.load(weights, 64), w5 = v128.load(weights, 80);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    addTo(p, f32x4.mul(d, w0));
    addTo(p + 16, f32x4.mul(d, w1));
    addTo(p + 32, f32x4.mul(d, w2));
    addTo(p + 48, f32x4.mul(d, w3));
    addTo(p + 64, f32x4.mul(d, w4));
    addTo(p + 80, f32x4.mul(d, w5));
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
    addTo(p, f32x4.mul(d, w0));
    addTo(p + 16, f32x4.mul(d, w1));
    addTo(p + step, f32x4.mul(d, v0));
    addTo(p + step + 16, f32x4.mul(d, v1));
    addTo(p + 2 * step, f32x4.mul(d, u0));
    addTo(p + 2 * step + 16, f32x4.mul(d, u1));
    list += 8;
  } while (list != end);
}

export function spreadOneOfThreeRows(list: usize, end: usize, gradient: usize, step: i32, weights: usize, weightStep: i32): void {
  const w = v128.load(weights), v = v128.load(weights + weightStep), u = v128.load(weights + 2 * weightStep);
  do {
    const d = v128.load_splat<f32>(list);
    const p = gradient + load<i32>(list, 4);
    addTo(p, f32x4.mul(d, w));
    addTo(p + step, f32x4.mul(d, v));
    addTo(p + 2 * step, f32x4.mul(d, u));
    list += 8;
  } while (list != end);
}

export function spreadOne(list: usize, end: usize, gradient: usize, weights: usize): void {
  const w = v128.load(weights);
  do {
    addTo(gradient + load<i32>(list, 4), f32x4.mul(v128.load_splat<f32>(list), w));
    list += 8;
  } while (list != end);
}
