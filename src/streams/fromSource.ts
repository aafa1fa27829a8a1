import { Observable } from 'rxjs';
import type { Source, SourceReader } from '../data/source.js';
import { yieldToEventLoop } from '../yieldToEventLoop.js';
import type { Flow } from './flow.js';

/** Work goes on for this long before timers, input and signals get their turn. */
const SLICE_MS = 8;

/** An object that is told what the reader of a source waits for, and what a push source has lost meanwhile. */
export interface WaitObserver {
  /** The wait that begins now: for the source, or for those downstream and the rest of the process. */
  waitFor(what: 'source' | 'readers'): void;
  /** Before an item is read: so many have been lost since the one before, because they came when there was no room. */
  drop?(items: number): void;
}

/**
 * Pulls a source into an Observable, only while the flow has room.
 *
 * Emits in order; completes when the source is done; errors with what the source throws; closes the source on complete,
 * error and unsubscribe, also during a pending read. Yields to the event loop every 8 ms of work.
 * @param observer is told at each turn what the reader waits for, which is mostly the same as before, and what was dropped
 * @param nextTurn resolves once the rest of the process has had its turn
 *
 * @example
 * const numbers = withFlow({}, (flow) => fromSource(fromIterable([1, 2]), flow));
 * console.log(await lastValueFrom(numbers)); // 2
 */
export function fromSource<T>(
  source: Source<T>,
  flow: Flow,
  observer?: WaitObserver,
  nextTurn: () => Promise<void> = yieldToEventLoop,
): Observable<T> {
  return new Observable((subscriber) => {
    // A later stage may have ended the pipeline before the source was reached: `startWith(0), take(1)`.
    if (flow.signal.aborted) return;
    let release: (() => void) | undefined;
    let opened: SourceReader<T> | undefined;
    const opening = open(source, flow.signal);
    // Owned from the start, so that `flow.closed` also waits for a source that is still being opened.
    const closeSource = flow.own({
      close: () => (opened === undefined ? opening.then((late) => late.close()) : opened.close()),
    });
    const end = (): void => {
      release?.();
      closeSource();
    };
    subscriber.add(end);

    const run = async (): Promise<void> => {
      opened = await opening;
      let sliceStart = performance.now();
      let dropped = 0;
      while (!subscriber.closed) {
        if (performance.now() - sliceStart >= SLICE_MS) {
          observer?.waitFor('readers');
          await nextTurn();
          sliceStart = performance.now();
          continue;
        }
        const room = flow.ready();
        if (room !== undefined) {
          observer?.waitFor('readers');
          await room;
          continue;
        }
        release = flow.acquire();
        observer?.waitFor('source');
        const pending = opened.next();
        const result = pending instanceof Promise ? await pending : pending;
        if (opened.dropped !== undefined && opened.dropped > dropped) {
          observer?.drop?.(opened.dropped - dropped);
          dropped = opened.dropped;
        }
        if (result.done === true) {
          end();
          return subscriber.complete();
        }
        subscriber.next(result.value);
        release();
      }
    };
    run().catch((error: unknown) => {
      end();
      subscriber.error(error);
    });
  });
}

/** `async` turns a synchronous throw into a rejection; `open` itself starts at once. */
async function open<T>(source: Source<T>, signal: AbortSignal): Promise<SourceReader<T>> {
  return source.open(signal);
}
