import { Observable, type Subscription, timer } from 'rxjs';
import { OptionError } from '../../errors.js';
import { emitWhenRoom } from '../emitWhenRoom.js';
import type { Flow } from '../flow.js';

/**
 * Collects items into arrays: one goes out when it has `count` items, or when `milliseconds` have passed since its first item and the
 * pipeline has room. What is left goes out at the end. No array is empty.
 *
 * At most `count` items are kept beside the pipeline's bound. Works in a plain `.pipe()` too.
 *
 * @throws OptionError when `milliseconds` is not a number of at least 0, or `count` not a whole number of at least 1
 *
 * @example
 * const groups = pipeline([1, 2, 3, 4, 5], bufferTimeOrCount(60_000, 2), toArray());
 * console.log(await lastValueFrom(groups)); // [ [ 1, 2 ], [ 3, 4 ], [ 5 ] ]
 */
export function bufferTimeOrCount<T>(
  milliseconds: number,
  count: number,
): (source: Observable<T>, flow?: Flow) => Observable<T[]> {
  if (!(milliseconds >= 0 && milliseconds < Infinity))
    throw new OptionError('milliseconds', milliseconds, 'a number, 0 or more');
  if (!Number.isSafeInteger(count) || count < 1) throw new OptionError('count', count, 'a whole number, 1 or more');
  return function bufferTimeOrCount(source, flow) {
    return new Observable((subscriber) => {
      let items: T[] = [];
      let timeout: Subscription | undefined;
      subscriber.add(() => timeout?.unsubscribe());

      const flush = (): void => {
        timeout?.unsubscribe();
        const full = items;
        items = [];
        if (full.length > 0) subscriber.next(full);
      };
      const flushWhenRoom = (): void => {
        const waiting = items;
        // While it waits for room it may become full, and leave.
        emitWhenRoom(flow, () => waiting === items && flush());
      };

      subscriber.add(
        source.subscribe({
          next(value) {
            items.push(value);
            if (items.length === count) flush();
            else if (items.length === 1) timeout = timer(milliseconds).subscribe(flushWhenRoom);
          },
          error: (error: unknown) => subscriber.error(error),
          complete() {
            flush();
            subscriber.complete();
          },
        }),
      );
    });
  };
}
