import { OptionError } from '../errors.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import type { Spread } from './covarianceTally.js';
import { symmetricEigen } from './symmetricEigen.js';

export interface PrincipalComponentsOptions {
  /** How many, the ones with the most variance. @default all */
  readonly count?: number | undefined;
}

const OPTIONS: OptionNames<PrincipalComponentsOptions> = { count: true };

/** The directions in which vectors vary most. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Directions of length 1, at right angles to each other, one row each; the one with the most variance first. */
  readonly components: Float64Array;
  /** Of the vectors along each. */
  readonly variances: Float64Array;
  /** What share of all variance each has; zeros where nothing varies. */
  readonly shares: Float64Array;
  /**
   * Where vectors lie along the components: as many values a vector as there are components.
   * @param vectors whole ones, one after the other, such as latents
   */
  project(vectors: Float32Array | Float64Array): Float32Array;
}

/**
 * Principal components of vectors of which mean and covariance are known, such as latents: `fitLatents` gives these. A component's sign
 * is such that its largest value is above zero.
 *
 * @throws OptionError where `count` is no whole number from 1 to the values of a vector
 * @see sklearn.decomposition.PCA; K. Pearson, "On lines and planes of closest fit to systems of points in space", 1901
 *
 * @example
 * // Two values that go together, around 1 and 2.
 * const spread = { mean: Float64Array.of(1, 2), covariance: Float64Array.of(2, 2, 2, 2) };
 * const { variances, shares, project } = principalComponents(spread, { count: 1 });
 * console.log(variances[0].toFixed(3), shares[0].toFixed(3)); // 4.000 1.000
 * console.log(project(Float32Array.of(2, 3))[0].toFixed(3)); // 1.414
 */
export function principalComponents(spread: Spread, options: PrincipalComponentsOptions = {}): PrincipalComponents {
  requireKnownOptions(options, OPTIONS);
  const { mean, covariance } = spread;
  const size = mean.length;
  const { count = size } = options;
  if (!(Number.isSafeInteger(count) && count >= 1 && count <= size))
    throw new OptionError('count', count, `a whole number, 1 to ${size}`);
  const { values, vectors } = symmetricEigen(covariance, size);
  const components = vectors.subarray(0, count * size);
  for (let row = 0; row < count; row++) turnUp(components.subarray(row * size, (row + 1) * size));
  // Rounding leaves less than nothing where nothing is.
  const variances = values.subarray(0, count).map((value) => Math.max(0, value));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return {
    mean,
    components,
    variances,
    shares: variances.map((variance) => (total === 0 ? 0 : variance / total)),
    project: (projected) => projectOn(components, mean, projected),
  };
}

function turnUp(component: Float64Array): void {
  const largest = component.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  if (largest < 0) for (const [at, value] of component.entries()) component[at] = -value;
}

function projectOn(components: Float64Array, mean: Float64Array, vectors: Float32Array | Float64Array): Float32Array {
  const size = mean.length;
  const count = components.length / size;
  const items = Math.floor(vectors.length / size);
  const places = new Float32Array(items * count);
  for (let item = 0; item < items; item++)
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let at = 0; at < size; at++) sum += components[row * size + at]! * (vectors[item * size + at]! - mean[at]!);
      places[item * count + row] = sum;
    }
  return places;
}
