// A source and an asynchronous stage of your own, inside the bound: at most two items are held downstream of the source.
import { boundedPipeline, type Source, type Stage } from 'millrace';
import { Observable } from 'rxjs';

/** 1, 2, … up to a last number. */
const count = (last: number): Source<number> => ({
  open: () => {
    let next = 1;
    return {
      next: () => (next > last ? { done: true, value: undefined } : { done: false, value: next++ }),
      close: () => undefined,
    };
  },
});

/** Passes every item on a little later. An item enters the flow while it is held; its place is given back however it ends. */
const later: Stage<number, number> = (source, flow) =>
  new Observable((subscriber) => {
    const releases = new Set<() => void>();
    let ended = false;
    subscriber.add(() => releases.forEach((release) => void release()));
    subscriber.add(
      source.subscribe({
        next: (value) => {
          const release = flow.acquire();
          releases.add(release);
          setTimeout(() => {
            flow.emit(() => subscriber.next(value));
            releases.delete(release);
            release();
            if (ended && releases.size === 0) subscriber.complete();
          }, 1);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          ended = true;
          if (releases.size === 0) subscriber.complete();
        },
      }),
    );
  });

const seen: number[] = [];
await boundedPipeline({ highWaterMark: 2 })(count(5), later).forEach((value) => void seen.push(value));
console.log(seen.join(' '));
