/** What is added to the diagonal, in shares of its mean: nothing where it can be, then ten times more each time. */
const JITTERS = [0, ...Array.from({ length: 11 }, (_, power) => 10 ** (power - 12))];

/**
 * The lower triangle L of a covariance, L Lᵀ = covariance, row by row. Values that depend on others, or never change, make it singular: then
 * as little as it takes, from 1e-12 of the mean variance on, is added to the diagonal.
 * @param size rows
 * @throws RangeError for what is no covariance: a diagonal below zero, or values that are no numbers
 */
export function cholesky(covariance: Float64Array, size: number): Float64Array {
  let trace = 0;
  for (let at = 0; at < size; at++) trace += covariance[at * size + at]!;
  // Where nothing varies there is nothing to factor.
  if (trace === 0) return new Float64Array(size * size);
  for (const jitter of JITTERS) {
    const lower = factor(covariance, size, (jitter * trace) / size);
    if (lower !== undefined) return lower;
  }
  throw new RangeError('the matrix is no covariance');
}

/** `undefined` where it is not positive definite. */
function factor(covariance: Float64Array, size: number, added: number): Float64Array | undefined {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let rest = covariance[row * size + column]! + (row === column ? added : 0);
      for (let at = 0; at < column; at++) rest -= lower[row * size + at]! * lower[column * size + at]!;
      if (row !== column) lower[row * size + column] = rest / lower[column * size + column]!;
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest);
      else return undefined;
    }
  return lower;
}
