/** Neighbouring buckets differ by so much: no quantile is off by more than half of it. */
const RELATIVE = 1e-3;
const LOGARITHM = Math.log1p(RELATIVE);
/** Below, values count as 0; above, as the largest. A loss of images is far within. */
const LEAST = 1e-12;
const MOST = 1e12;

/**
 * Quantiles of any number of values in constant memory, to 0.05 %: counts in buckets whose bounds are a geometric series.
 * @see C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", 2019
 */
export class QuantileSketch {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  /** Values so far; NaN is none. */
  get count(): number {
    return this.#count;
  }

  /** @param value 0 or more */
  add(value: number): void {
    if (Number.isNaN(value)) return;
    const bucket = value < LEAST ? Number.NEGATIVE_INFINITY : Math.floor(Math.log(Math.min(value, MOST)) / LOGARITHM);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#count += 1;
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
  }

  /**
   * The value below which a share of all values lies; the nearest rank, nothing is interpolated.
   * @param share 0..1
   * @returns NaN without a value
   */
  quantile(share: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let passed = 0;
    for (const [bucket, count] of [...this.#counts].sort(([one], [other]) => one - other)) {
      passed += count;
      if (passed >= rank) return this.#within(Math.exp((bucket + 0.5) * LOGARITHM));
    }
    return this.#most;
  }

  #within(value: number): number {
    return Math.min(this.#most, Math.max(this.#least, value));
  }
}
