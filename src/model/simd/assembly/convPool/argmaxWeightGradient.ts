// The weights' gradient over the winners of one output channel: sums of (gradient) × (input at the winner's window).
// Lanes: values along a kernel row; six vectors of one row at a time, two of each of five rows, or
// one or two of each of three.
// `list`: pairs of gradient (f32) and the winner's offset (i32), at least one.
import { multiplyAdd } from '../vectors';

export function sumSix(list: usize, end: usize, input: usize, sums: usize): void {
  let a0 = v128.load(sums), a1 = v128.load(sums, 16), a2 = v128.load(sums, 32);
  let a3 = v128.load(sums, 48), a4 = v128.load(sums, 64), a5 = v128.load(sums, 80);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a0 = multiplyAdd(d, v128.load(p), a0);
    a1 = multiplyAdd(d, v128.load(p, 16), a1);
    a2 = multiplyAdd(d, v128.load(p, 32), a2);
    a3 = multiplyAdd(d, v128.load(p, 48), a3);
    a4 = multiplyAdd(d, v128.load(p, 64), a4);
    a5 = multiplyAdd(d, v128.load(p, 80), a5);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums, a2, 32);
  v128.store(sums, a3, 48);
  v128.store(sums, a4, 64);
  v128.store(sums, a5, 80);
}

/** @param step from one input row to the next, `sumStep` from the sums of one kernel row to those of the next */
export function sumTwoOfFiveRows(list: usize, end: usize, input: usize, step: i32, sums: usize, sumStep: i32): void {
  const sums2 = sums + 2 * sumStep, sums4 = sums + 4 * sumStep;
  let a0 = v128.load(sums), a1 = v128.load(sums, 16);
  let b0 = v128.load(sums + sumStep), b1 = v128.load(sums + sumStep, 16);
  let c0 = v128.load(sums2), c1 = v128.load(sums2, 16);
  let e0 = v128.load(sums2 + sumStep), e1 = v128.load(sums2 + sumStep, 16);
  let f0 = v128.load(sums4), f1 = v128.load(sums4, 16);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a0 = multiplyAdd(d, v128.load(p), a0);
    a1 = multiplyAdd(d, v128.load(p, 16), a1);
    const q = p + step, r = q + step;
    b0 = multiplyAdd(d, v128.load(q), b0);
    b1 = multiplyAdd(d, v128.load(q, 16), b1);
    // Never: so that V8 computes sums before it loads what comes next.
    if (list == 0) break;
    c0 = multiplyAdd(d, v128.load(r), c0);
    c1 = multiplyAdd(d, v128.load(r, 16), c1);
    const s = r + step, t = s + step;
    e0 = multiplyAdd(d, v128.load(s), e0);
    e1 = multiplyAdd(d, v128.load(s, 16), e1);
    if (list == 0) break;
    f0 = multiplyAdd(d, v128.load(t), f0);
    f1 = multiplyAdd(d, v128.load(t, 16), f1);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums + sumStep, b0);
  v128.store(sums + sumStep, b1, 16);
  v128.store(sums2, c0);
  v128.store(sums2, c1, 16);
  v128.store(sums2 + sumStep, e0);
  v128.store(sums2 + sumStep, e1, 16);
  v128.store(sums4, f0);
  v128.store(sums4, f1, 16);
}

/** @param step and `sumStep` as above */
export function sumTwoOfThreeRows(list: usize, end: usize, input: usize, step: i32, sums: usize, sumStep: i32): void {
  let a0 = v128.load(sums), a1 = v128.load(sums, 16);
  let b0 = v128.load(sums + sumStep), b1 = v128.load(sums + sumStep, 16);
  let c0 = v128.load(sums + 2 * sumStep), c1 = v128.load(sums + 2 * sumStep, 16);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a0 = multiplyAdd(d, v128.load(p), a0);
    a1 = multiplyAdd(d, v128.load(p, 16), a1);
    const q = p + step, r = q + step;
    b0 = multiplyAdd(d, v128.load(q), b0);
    b1 = multiplyAdd(d, v128.load(q, 16), b1);
    c0 = multiplyAdd(d, v128.load(r), c0);
    c1 = multiplyAdd(d, v128.load(r, 16), c1);
    list += 8;
  } while (list != end);
  v128.store(sums, a0);
  v128.store(sums, a1, 16);
  v128.store(sums + sumStep, b0);
  v128.store(sums + sumStep, b1, 16);
  v128.store(sums + 2 * sumStep, c0);
  v128.store(sums + 2 * sumStep, c1, 16);
}

export function sumOneOfThreeRows(list: usize, end: usize, input: usize, step: i32, sums: usize, sumStep: i32): void {
  let a = v128.load(sums), b = v128.load(sums + sumStep), c = v128.load(sums + 2 * sumStep);
  do {
    const d = v128.load_splat<f32>(list);
    const p = input + load<i32>(list, 4);
    a = multiplyAdd(d, v128.load(p), a);
    b = multiplyAdd(d, v128.load(p + step), b);
    c = multiplyAdd(d, v128.load(p + 2 * step), c);
    list += 8;
  } while (list != end);
  v128.store(sums, a);
  v128.store(sums + sumStep, b);
  v128.store(sums + 2 * sumStep, c);
}

export function sumOne(list: usize, end: usize, input: usize, sums: usize): void {
  let a = v128.load(sums);
  do {
    a = multiplyAdd(v128.load_splat<f32>(list), v128.load(input + load<i32>(list, 4)), a);
    list += 8;
  } while (list != end);
  v128.store(sums, a);
}
