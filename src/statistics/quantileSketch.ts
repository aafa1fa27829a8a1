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
    const bucket = logarithmicBucket(value);
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
    return this.#valueAt(share, 0.5);
  }

  /** As `quantile`, but never below the exact value; at most 0.1 % above it. */
  upperQuantile(share: number): number {
    return this.#valueAt(share, 1);
  }

  /** @param place in the bucket, 0..1 */
  #valueAt(share: number, place: number): number {
    if (this.#count === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let passed = 0;
    for (const [bucket, count] of [...this.#counts].sort(([one], [other]) => one - other)) {
      passed += count;
      if (passed >= rank) return this.#within(Math.exp((bucket + place) * LOGARITHM));
    }
    return this.#most;
  }

  #within(value: number): number {
    return Math.min(this.#most, Math.max(this.#least, value));
  }
}

/** Which bucket a value of 0 or more lies in; they have an order. */
export function logarithmicBucket(value: number): number {
  return value < LEAST ? Number.NEGATIVE_INFINITY : Math.floor(Math.log(Math.min(value, MOST)) / LOGARITHM);
}
