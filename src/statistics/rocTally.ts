import { logarithmicBucket } from './quantileSketch.js';

/**
 * Area under the ROC curve of any number of scores in constant memory: how likely one of the positives scores higher than one of the others.
 * Scores closer than 0.1 % count as equal, and equal ones as half.
 * @see J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve", 1982
 */
export class RocTally {
  readonly #counts = new Map<number, { positives: number; negatives: number }>();
  #positives = 0;
  #negatives = 0;

  get positives(): number {
    return this.#positives;
  }

  get negatives(): number {
    return this.#negatives;
  }

  /** @param score 0 or more; one that is no number is above all others */
  add(score: number, isPositive: boolean): void {
    const bucket = Number.isNaN(score) ? Number.POSITIVE_INFINITY : logarithmicBucket(score);
    const counts = this.#counts.get(bucket) ?? { positives: 0, negatives: 0 };
    this.#counts.set(bucket, counts);
    counts[isPositive ? 'positives' : 'negatives'] += 1;
    if (isPositive) this.#positives += 1;
    else this.#negatives += 1;
  }

  /** 0..1; NaN where there are only positives, or none. */
  area(): number {
    let [below, won] = [0, 0];
    for (const [, { positives, negatives }] of [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1))) {
      won += positives * (below + negatives / 2);
      below += negatives;
    }
    return won / (this.#positives * this.#negatives);
  }
}
