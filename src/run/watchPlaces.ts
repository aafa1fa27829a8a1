import { type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { Batch } from '../data/batch.js';

export interface PlacesWatch {
  /** Stands before the stages. */
  readonly enter: MonoTypeOperatorFunction<Batch>;
  /** Stands after them. */
  readonly leave: MonoTypeOperatorFunction<Batch>;
}

/** Batches that stages may leave out one after the other and that are remembered. */
const MOST_UNDER_WAY = 10_000;

/**
 * Looks whether stages hand on the batches that they get, but for some that they leave out. Where they cut others, the index of a
 * batch is no place in the data any more.
 * @param onOther is told once, with the first batch that is of another place or length than any that went in
 */
export function watchPlaces(onOther: (batch: Batch) => void): PlacesWatch {
  let underWay: Pick<Batch, 'epoch' | 'index' | 'length'>[] = [];
  let isTold = false;
  return {
    enter: tap(({ epoch, index, length }) => {
      underWay.push({ epoch, index, length });
      if (underWay.length > MOST_UNDER_WAY) underWay.shift();
    }),
    leave: tap((batch) => {
      const at = underWay.findIndex(({ epoch, index }) => epoch === batch.epoch && index === batch.index);
      const isKnown = underWay[at]?.length === batch.length;
      underWay = underWay.slice(at + 1);
      if (isKnown || isTold) return;
      isTold = true;
      onOther(batch);
    }),
  };
}
