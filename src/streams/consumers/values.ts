import type { Observable, Subscription } from 'rxjs';
import { continueWith } from '../continuable.js';
import { mapAsync } from '../operators/mapAsync.js';

/**
 * The values of a pipeline, or of a `run`, for `for await`. The loop is part of the pipeline: its source is not pulled further than its bound ahead of the
 * loop. `break`, `return` and an error in the loop end the pipeline.
 *
 * Nothing happens before the first value is asked for; each loop is a subscription of its own.
 *
 * @param running what `pipeline` or `run` has returned, as it is
 * @throws OptionError for an Observable that is not such a one
 *
 * @example
 * for await (const value of values(pipeline([1, 2, 3]))) {
 *   console.log(value); // 1
 *   if (value === 1) break;
 * }
 */
export function values<T>(running: Observable<T>): AsyncIterable<T> {
  // Told at once where it is no pipeline.
  continueWith(running, (source) => source);
  return { [Symbol.asyncIterator]: () => new Values(running) };
}

interface Pull<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

const DONE = { done: true, value: undefined } as const;

class Values<T> implements AsyncIterator<T, undefined> {
  readonly #running: Observable<T>;
  #subscription: Subscription | undefined;
  /** A value that nobody has asked for yet, and what to call when its receiver is done with it. */
  #offered: { readonly value: T; readonly release: () => void } | undefined;
  /** Gives back the place of the value that the loop has now. */
  #release: (() => void) | undefined;
  #pulls: Pull<T>[] = [];
  #end: { error?: unknown } | undefined;

  constructor(running: Observable<T>) {
    this.#running = running;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const result = new Promise<IteratorResult<T, undefined>>((resolve, reject) =>
      this.#pulls.push({ resolve, reject }),
    );
    this.#release?.();
    this.#release = undefined;
    this.#subscription ??= this.#subscribe();
    this.#serve();
    return result;
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#finish({});
    this.#subscription?.unsubscribe();
    return DONE;
  }

  #subscribe(): Subscription {
    const offer = (value: T): Promise<void> =>
      new Promise((release) => {
        this.#offered = { value, release };
        this.#serve();
      });
    return continueWith(this.#running, mapAsync(offer)).subscribe({
      error: (error: unknown) => this.#finish({ error }),
      complete: () => this.#finish({}),
    });
  }

  #finish(end: { error?: unknown }): void {
    this.#end ??= end;
    this.#serve();
  }

  #serve(): void {
    if (this.#offered !== undefined && this.#pulls.length > 0) {
      const { value, release } = this.#offered;
      this.#offered = undefined;
      this.#pulls.shift()!.resolve({ done: false, value });
      // Who has asked for the next one already is done with this one.
      if (this.#pulls.length > 0) release();
      else this.#release = release;
    }
    const end = this.#end;
    if (end === undefined) return;
    for (const pull of this.#pulls.splice(0)) {
      if ('error' in end) pull.reject(end.error);
      else pull.resolve(DONE);
      // An error is told once.
      this.#end = {};
    }
  }
}
