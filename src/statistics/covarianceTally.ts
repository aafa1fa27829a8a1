/** How vectors of `mean.length` values are spread. */
export interface Spread {
  readonly mean: Float64Array;
  /** Symmetric, row by row. */
  readonly covariance: Float64Array;
}

/**
 * Mean and covariance of any number of vectors, in memory that goes by their length alone.
 *
 * Sums are of distances to the first vector, so that nothing is lost where values are far from zero. Unbiased: divided by one less than
 * there are, as NumPy's `cov` does.
 */
export class CovarianceTally {
  readonly #size: number;
  readonly #origin: Float64Array;
  readonly #sums: Float64Array;
  /** The lower triangle is filled. */
  readonly #products: Float64Array;
  readonly #distances: Float64Array;
  #count = 0;

  /** @param size values of a vector */
  constructor(size: number) {
    this.#size = size;
    this.#origin = new Float64Array(size);
    this.#sums = new Float64Array(size);
    this.#products = new Float64Array(size * size);
    this.#distances = new Float64Array(size);
  }

  /** Vectors so far. */
  get count(): number {
    return this.#count;
  }

  /** @param vectors whole ones, one after the other */
  add(vectors: Float32Array | Float64Array): void {
    const size = this.#size;
    for (let from = 0; from + size <= vectors.length; from += size) {
      if (this.#count === 0) this.#origin.set(vectors.subarray(from, from + size));
      this.#addOne(vectors, from);
    }
  }

  #addOne(vectors: Float32Array | Float64Array, from: number): void {
    const [size, distances, sums, products] = [this.#size, this.#distances, this.#sums, this.#products];
    for (let at = 0; at < size; at++) {
      distances[at] = vectors[from + at]! - this.#origin[at]!;
      sums[at]! += distances[at]!;
    }
    for (let row = 0; row < size; row++) {
      const distance = distances[row]!;
      for (let column = 0; column <= row; column++) products[row * size + column]! += distance * distances[column]!;
    }
    this.#count += 1;
  }

  /** Of fewer than two vectors the covariance is zero. */
  result(): Spread {
    const [size, count, sums] = [this.#size, this.#count, this.#sums];
    const covariance = new Float64Array(size * size);
    for (let row = 0; row < size; row++)
      for (let column = 0; column <= row; column++) {
        const product = this.#products[row * size + column]! - (sums[row]! * sums[column]!) / Math.max(1, count);
        const value = product / Math.max(1, count - 1);
        covariance[row * size + column] = value;
        covariance[column * size + row] = value;
      }
    return { mean: this.#origin.map((value, at) => value + sums[at]! / Math.max(1, count)), covariance };
  }
}
