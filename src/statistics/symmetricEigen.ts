// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reflections make it tridiagonal, QL with implicit shifts diagonal.
// EISPACK's tred2 and tql2, as JAMA has them: Bowdler, Martin, Reinsch and Wilkinson, Handbook for Automatic Computation II (1971).

export interface SymmetricEigen {
  /** In descending order. */
  readonly values: Float64Array;
  /** One a row, of length 1, in the order of their values. */
  readonly vectors: Float64Array;
}

/**
 * @param matrix symmetric, row by row
 * @param size rows
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  // Columns of `basis` become the vectors.
  const basis = matrix.slice();
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  tridiagonalise(basis, diagonal, beside);
  diagonalise(basis, diagonal, beside);
  const order = Array.from(diagonal.keys()).sort((one, other) => diagonal[other]! - diagonal[one]!);
  const vectors = new Float64Array(size * size);
  for (const [row, column] of order.entries())
    for (let at = 0; at < size; at++) vectors[row * size + at] = basis[at * size + column]!;
  return { values: Float64Array.from(order, (column) => diagonal[column]!), vectors };
}

/** Leaves the diagonal, what is beside it (from 1 on), and the product of the reflections in `v`. */
function tridiagonalise(v: Float64Array, d: Float64Array, e: Float64Array): void {
  const n = d.length;
  for (let j = 0; j < n; j++) d[j] = v[(n - 1) * n + j]!;
  for (let i = n - 1; i > 0; i--) reflect(v, d, e, i);
  accumulate(v, d);
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j]!;
    v[(n - 1) * n + j] = 0;
  }
  if (n > 0) v[n * n - 1] = 1;
  e[0] = 0;
}

/** Row `i` loses all but its diagonal and the value before it. */
function reflect(v: Float64Array, d: Float64Array, e: Float64Array, i: number): void {
  const n = d.length;
  let [scale, h] = [0, 0];
  for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
  if (scale === 0) {
    e[i] = d[i - 1]!;
    for (let j = 0; j < i; j++) {
      d[j] = v[(i - 1) * n + j]!;
      v[i * n + j] = 0;
      v[j * n + i] = 0;
    }
    d[i] = 0;
    return;
  }
  for (let k = 0; k < i; k++) {
    d[k]! /= scale;
    h += d[k]! * d[k]!;
  }
  const f = d[i - 1]!;
  const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= f * g;
  d[i - 1] = f - g;
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const factor = d[j]!;
    v[j * n + i] = factor;
    let sum = e[j]! + v[j * n + j]! * factor;
    for (let k = j + 1; k < i; k++) {
      sum += v[k * n + j]! * d[k]!;
      e[k]! += v[k * n + j]! * factor;
    }
    e[j] = sum;
  }
  let product = 0;
  for (let j = 0; j < i; j++) {
    e[j]! /= h;
    product += e[j]! * d[j]!;
  }
  const half = product / (h + h);
  for (let j = 0; j < i; j++) e[j]! -= half * d[j]!;
  for (let j = 0; j < i; j++) {
    const [first, second] = [d[j]!, e[j]!];
    for (let k = j; k < i; k++) v[k * n + j]! -= first * e[k]! + second * d[k]!;
    d[j] = v[(i - 1) * n + j]!;
    v[i * n + j] = 0;
  }
  d[i] = h;
}

function accumulate(v: Float64Array, d: Float64Array): void {
  const n = d.length;
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i]!;
    v[i * n + i] = 1;
    const h = d[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k * n + i + 1]! / h;
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k <= i; k++) product += v[k * n + i + 1]! * v[k * n + j]!;
        for (let k = 0; k <= i; k++) v[k * n + j]! -= product * d[k]!;
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0;
  }
}

/** Turns columns of `v` until nothing is beside the diagonal. */
function diagonalise(v: Float64Array, d: Float64Array, e: Float64Array): void {
  const n = d.length;
  for (let i = 1; i < n; i++) e[i - 1] = e[i]!;
  if (n > 0) e[n - 1] = 0;
  let [shifted, largest] = [0, 0];
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * largest) m++;
    while (m > l && Math.abs(e[l]!) > Number.EPSILON * largest) shifted += turn(v, d, e, l, m);
    d[l]! += shifted;
    e[l] = 0;
  }
}

/** One step of QL on the rows `l` … `m`. @returns what was taken off the rest of the diagonal */
function turn(v: Float64Array, d: Float64Array, e: Float64Array, l: number, m: number): number {
  const n = d.length;
  const before = d[l]!;
  const half = (d[l + 1]! - before) / (2 * e[l]!);
  const root = half < 0 ? -Math.hypot(half, 1) : Math.hypot(half, 1);
  d[l] = e[l]! / (half + root);
  d[l + 1] = e[l]! * (half + root);
  const shift = before - d[l]!;
  for (let i = l + 2; i < n; i++) d[i]! -= shift;
  const [next, besideNext] = [d[l + 1]!, e[l + 1]!];
  let p = d[m]!;
  let [c, c2, c3] = [1, 1, 1];
  let [s, s2] = [0, 0];
  for (let i = m - 1; i >= l; i--) {
    [c3, c2, s2] = [c2, c, s];
    const g = c * e[i]!;
    const h = c * p;
    const length = Math.hypot(p, e[i]!);
    e[i + 1] = s * length;
    s = e[i]! / length;
    c = p / length;
    p = c * d[i]! - s * g;
    d[i + 1] = h + s * (c * g + s * d[i]!);
    for (let k = 0; k < n; k++) {
      const [left, right] = [v[k * n + i]!, v[k * n + i + 1]!];
      v[k * n + i + 1] = s * left + c * right;
      v[k * n + i] = c * left - s * right;
    }
  }
  p = (-s * s2 * c3 * besideNext * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
  return shift;
}
