import { concat, concatMap, defer, from, Observable } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import { requireBatch } from '../../data/requireBatch.js';
import { blankLike, copyItems, viewItems } from '../../data/sliceBatch.js';
import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { hash, uniform } from '../../random.js';
import type { Flow } from '../flow.js';
import { fromSource } from '../fromSource.js';

export interface ShuffleBufferOptions {
  /** Images held back, one of which is drawn for each that comes. The more, the better the shuffle, and the more memory. */
  readonly size: number;
  /** The order is a function of (seed, epoch) and of the order in which the images come. */
  readonly seed: number;
}

const OPTIONS: OptionNames<ShuffleBufferOptions> = { size: true, seed: true };

/**
 * Shuffles the images of a stream through a bounded buffer: each image that comes takes the place of one drawn at random,
 * which goes out. A data set addressed by index has something better, `batches({ shuffle })`: all of the epoch at no cost.
 *
 * Epochs stay apart. Batches go out as large as the first batch of their epoch, the last one as large as the rest allows;
 * `index` counts them from 0 in each epoch. What an epoch leaves in the buffer goes out batch for batch as the next epoch's
 * come in; memory is `size` images, and twice that for this while. What the last epoch leaves goes out when the source
 * completes: in a pipeline as the flow has room, in a plain `.pipe()` at once.
 *
 * @throws OptionError when `size` is not a whole number of at least 1. Errors with `BATCH` for what is no batch
 *
 * @example
 * const shuffled = pipeline(digits.train.batches({ size: 20 }), shuffleBuffer({ size: 30, seed: 1 }), toArray());
 * const places = (await lastValueFrom(shuffled)).flatMap(({ indices }) => [...indices]);
 * console.log(new Set(places).size, places[0] === 0); // 40 false
 */
export function shuffleBuffer(
  options: ShuffleBufferOptions,
): (source: Observable<Batch>, flow?: Flow) => Observable<Batch> {
  requireKnownOptions(options, OPTIONS);
  const { size, seed } = options;
  if (!Number.isSafeInteger(size) || size < 1) throw new OptionError('size', size, 'a whole number, 1 or more');
  return function shuffleBuffer(source, flow) {
    return defer(() => {
      let epoch: ShuffledEpoch | undefined;
      let leaving: Iterable<Batch> & Iterator<Batch, unknown> = [].values();
      const shuffle = function* (batch: Batch): Generator<Batch, void> {
        requireBatch(batch);
        if (epoch?.epoch !== batch.epoch) {
          yield* leaving;
          if (epoch) leaving = epoch.rest();
          epoch = new ShuffledEpoch(batch, size, seed);
        }
        const next = leaving.next();
        if (next.done !== true) yield next.value;
        for (const shuffled of epoch.add(batch)) {
          yield* leaving;
          yield shuffled;
        }
      };
      const rest = function* (): Generator<Batch, void> {
        yield* leaving;
        if (epoch) yield* epoch.rest();
      };
      return concat(
        source.pipe(concatMap(shuffle)),
        defer(() => (flow ? paced(rest(), flow) : from(rest()))),
      );
    });
  };
}

/** Batches one at a time, while the flow has room. */
function paced(batches: Iterator<Batch, void>, flow: Flow): Observable<Batch> {
  const source = { open: () => ({ next: () => batches.next(), close: () => undefined }) };
  return new Observable((subscriber) =>
    fromSource(source, flow).subscribe({
      next: (batch) => flow.emit(() => subscriber.next(batch)),
      error: (error: unknown) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}

/** The buffer of one epoch, and the batch that is being put together from it. */
class ShuffledEpoch {
  readonly epoch: number;
  readonly #random: () => number;
  readonly #buffer: Batch;
  readonly #batchSize: number;
  #held = 0;
  #batch: Batch;
  #drawn = 0;

  constructor(first: Batch, size: number, seed: number) {
    this.epoch = first.epoch;
    this.#random = uniform(hash(seed, first.epoch));
    this.#buffer = blankLike(first, size, 0);
    this.#batchSize = first.length;
    this.#batch = blankLike(first, first.length, 0);
  }

  /** Takes a batch in; gives those that have become full. */
  *add(batch: Batch): Generator<Batch, void> {
    for (let item = 0; item < batch.length; item++) {
      let place = this.#held;
      let full: Batch | undefined;
      if (this.#held < this.#buffer.length) this.#held += 1;
      else {
        place = this.#choose();
        full = this.#draw(place);
      }
      copyItems(batch, item, 1, this.#buffer, place);
      if (full) yield full;
    }
  }

  /** Gives what is held, until nothing is. */
  *rest(): Generator<Batch, void> {
    while (this.#held > 0) {
      const place = this.#choose();
      const full = this.#draw(place);
      this.#held -= 1;
      copyItems(this.#buffer, this.#held, 1, this.#buffer, place);
      if (full) yield full;
    }
    if (this.#drawn > 0) yield viewItems(this.#batch, 0, this.#drawn);
  }

  #choose(): number {
    return Math.floor(this.#random() * this.#held);
  }

  #draw(place: number): Batch | undefined {
    copyItems(this.#buffer, place, 1, this.#batch, this.#drawn);
    this.#drawn += 1;
    if (this.#drawn < this.#batchSize) return undefined;
    const full = this.#batch;
    this.#batch = blankLike(full, this.#batchSize, full.index + 1);
    this.#drawn = 0;
    return full;
  }
}
