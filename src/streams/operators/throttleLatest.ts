import { Observable, Subscription, timer } from 'rxjs';
import { OptionError } from '../../errors.js';
import { emitWhenRoom } from '../emitWhenRoom.js';
import type { Flow } from '../flow.js';

/**
 * Lets one item pass in each span of time, the latest: the first at once, then, whenever the time is over and the pipeline has room, the one that
 * came last. The last item of all passes at the end.
 *
 * The others are dropped, and counted: with `tapStats` around it they are `dropped` in `stats`. One item waits beside the
 * pipeline's bound. Works in a plain `.pipe()` too, where nobody counts.
 *
 * @param milliseconds between two items, at least
 * @throws OptionError when `milliseconds` is not a number of at least 0
 *
 * @example
 * const readings = pipeline([1, 2, 3, 4], throttleLatest(60_000), toArray());
 * console.log(await lastValueFrom(readings)); // [ 1, 4 ]
 */
export function throttleLatest<T>(milliseconds: number): (source: Observable<T>, flow?: Flow) => Observable<T> {
  if (!(milliseconds >= 0 && milliseconds < Infinity))
    throw new OptionError('milliseconds', milliseconds, 'a number, 0 or more');
  return function throttleLatest(source, flow) {
    return new Observable((subscriber) => {
      const drop = flow?.drops();
      const pause = new Subscription();
      let pausing = false;
      let latest: { readonly value: T } | undefined;
      subscriber.add(pause);

      const pass = (value: T): void => {
        pausing = true;
        pause.add(timer(milliseconds).subscribe(resume));
        subscriber.next(value);
      };
      const resume = (): void => {
        if (latest === undefined) pausing = false;
        else emitWhenRoom(flow, passLatest);
      };
      const passLatest = (): void => {
        const passing = latest;
        latest = undefined;
        if (passing !== undefined) pass(passing.value);
      };

      subscriber.add(
        source.subscribe({
          next(value) {
            if (!pausing) return pass(value);
            if (latest !== undefined) drop?.(latest.value);
            latest = { value };
          },
          error: (error: unknown) => subscriber.error(error),
          complete() {
            pause.unsubscribe();
            if (latest !== undefined) subscriber.next(latest.value);
            latest = undefined;
            subscriber.complete();
          },
        }),
      );
    });
  };
}
