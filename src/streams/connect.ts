// Stages inside a flow. The guard between them refuses what the bound cannot see.
import { Observable } from 'rxjs';
import { FlowOverrunError, OptionError } from '../errors.js';
import type { Flow } from './flow.js';
import type { Stage } from './stage.js';

/** Applies stages inside a flow that is already there, each one guarded. */
export function connect(
  source: Observable<unknown>,
  flow: Flow,
  stages: readonly Stage<never, unknown>[],
): Observable<unknown> {
  const calls = new Calls();
  return stages.reduce(
    (upstream, stage, index) =>
      guarded(stage as Stage<unknown, unknown>, describe(stage, index), flow, calls)(upstream),
    entrance(source, calls),
  );
}

function describe(stage: { readonly name: string }, index: number): string {
  return stage.name === '' ? `stage ${index + 1}` : `stage ${index + 1} (${stage.name})`;
}

/**
 * Calls from upstream that are going on anywhere in the chain. One count for all stages: what a stage makes of an inner Observable that an
 * earlier one has emitted (`groupBy`, then `mergeMap`) comes past its own input, but within a call all the same.
 */
class Calls {
  #depth = 0;

  get going(): boolean {
    return this.#depth > 0;
  }

  during(call: () => void): void {
    this.#depth += 1;
    try {
      call();
    } finally {
      this.#depth -= 1;
    }
  }
}

function entrance(source: Observable<unknown>, calls: Calls): Observable<unknown> {
  return new Observable((subscriber) =>
    source.subscribe({
      next: (value) => calls.during(() => subscriber.next(value)),
      error: (error: unknown) => calls.during(() => subscriber.error(error)),
      complete: () => calls.during(() => subscriber.complete()),
    }),
  );
}

/** Refuses an emission that comes neither within a call from upstream nor from an item that has a place in the flow. */
function guarded(
  stage: Stage<unknown, unknown>,
  name: string,
  flow: Flow,
  calls: Calls,
): (source: Observable<unknown>) => Observable<unknown> {
  return (source) => {
    // Applied once, as in an rxjs pipe, however often a later stage subscribes: `share` has to share.
    const staged = requireObservable(stage(source, flow), name);
    return new Observable((subscriber) => {
      calls.during(() => {
        subscriber.add(
          staged.subscribe({
            next: (value) => {
              if (calls.going || flow.emitting) subscriber.next(value);
              else subscriber.error(new FlowOverrunError(name));
            },
            error: (error: unknown) => calls.during(() => subscriber.error(error)),
            complete: () => calls.during(() => subscriber.complete()),
          }),
        );
      });
    });
  };
}

function requireObservable(staged: Observable<unknown>, name: string): Observable<unknown> {
  if (typeof (staged as Partial<Observable<unknown>> | undefined)?.subscribe === 'function') return staged;
  const advice = 'A stage takes an Observable and returns one: put a function of single items into map or mapAsync.';
  throw new OptionError(name, staged, 'a function that returns an Observable', advice);
}
