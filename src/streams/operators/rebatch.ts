import { concat, concatMap, defer, type OperatorFunction } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import { requireBatch } from '../../data/requireBatch.js';
import { blankLike, copyItems, viewItems } from '../../data/sliceBatch.js';
import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';

export interface RebatchOptions {
  /** Leaves out what does not fill a batch at the end of an epoch. @default false */
  readonly dropLast?: boolean;
}

const OPTIONS: OptionNames<RebatchOptions> = { dropLast: true };

/**
 * Regroups the images of an epoch into batches of `size`, in the order they come; the last batch of an epoch may be smaller.
 *
 * A batch cut from a single one is a view of it, others are copies. `index` counts the new batches from 0 in each epoch.
 * The operator keeps fewer than `size` images back, and emits them when the epoch changes and when the source completes.
 *
 * @throws OptionError when `size` is not a whole number of at least 1. Errors with `BATCH` for what is no batch
 *
 * @example
 * const batches = pipeline(digits.train.batches({ size: 20 }), rebatch(32), map(({ length }) => length), toArray());
 * console.log(await lastValueFrom(batches)); // [ 32, 8 ]
 */
export function rebatch(size: number, options: RebatchOptions = {}): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { dropLast = false } = options;
  if (!Number.isSafeInteger(size) || size < 1) throw new OptionError('size', size, 'a whole number, 1 or more');
  return (source) =>
    defer(() => {
      let epoch: Regrouping | undefined;
      const rest = (): Iterable<Batch> => (dropLast ? [] : (epoch?.rest() ?? []));
      const regroup = function* (batch: Batch): Generator<Batch> {
        requireBatch(batch);
        if (epoch?.epoch !== batch.epoch) {
          yield* rest();
          epoch = new Regrouping(batch.epoch, size);
        }
        yield* epoch.add(batch);
      };
      return concat(source.pipe(concatMap(regroup)), defer(rest));
    });
}

/** One epoch being regrouped. */
class Regrouping {
  readonly epoch: number;
  readonly #size: number;
  #parts: Batch[] = [];
  #items = 0;
  #index = 0;

  constructor(epoch: number, size: number) {
    this.epoch = epoch;
    this.#size = size;
  }

  *add(batch: Batch): Generator<Batch> {
    for (let from = 0; from < batch.length; ) {
      const to = Math.min(batch.length, from + this.#size - this.#items);
      this.#parts.push(viewItems(batch, from, to));
      this.#items += to - from;
      from = to;
      if (this.#items === this.#size) yield this.#join();
    }
  }

  *rest(): Generator<Batch> {
    if (this.#items > 0) yield this.#join();
  }

  #join(): Batch {
    const parts = this.#parts;
    const index = this.#index++;
    this.#parts = [];
    this.#items = 0;
    return parts.length === 1 ? { ...parts[0]!, index } : copyOf(parts, index);
  }
}

function copyOf(parts: readonly Batch[], index: number): Batch {
  const items = parts.reduce((sum, part) => sum + part.length, 0);
  const copy = blankLike(parts[0]!, items, index);
  let at = 0;
  for (const part of parts) {
    copyItems(part, 0, part.length, copy, at);
    at += part.length;
  }
  return copy;
}
