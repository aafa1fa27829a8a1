// A pipeline is a source and stages, read from top to bottom like an rxjs pipe; each subscription is one flow.
import { Observable } from 'rxjs';
import type { Source } from '../data/source.js';
import { FlowOverrunError } from '../errors.js';
import { type Flow, type FlowOptions, withFlow } from './flow.js';
import { fromSource } from './fromSource.js';

/**
 * What stands between a source and its consumer. Every synchronous rxjs operator is one; those of ours that need the flow
 * (`train`, `mapAsync`, `through`) do not compile in a plain `.pipe()`, where there is none.
 */
export type Stage<T, R> = (source: Observable<T>, flow: Flow) => Observable<R>;

/** A source and up to eight stages; more go into one with rxjs's `pipe`. */
export interface Pipeline {
  <T>(source: Source<T>): Observable<T>;
  <T, A>(source: Source<T>, a: Stage<T, A>): Observable<A>;
  <T, A, B>(source: Source<T>, a: Stage<T, A>, b: Stage<A, B>): Observable<B>;
  <T, A, B, C>(source: Source<T>, a: Stage<T, A>, b: Stage<A, B>, c: Stage<B, C>): Observable<C>;
  <T, A, B, C, D>(source: Source<T>, a: Stage<T, A>, b: Stage<A, B>, c: Stage<B, C>, d: Stage<C, D>): Observable<D>;
  <T, A, B, C, D, E>(
    source: Source<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
  ): Observable<E>;
  <T, A, B, C, D, E, F>(
    source: Source<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
  ): Observable<F>;
  <T, A, B, C, D, E, F, G>(
    source: Source<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
  ): Observable<G>;
  <T, A, B, C, D, E, F, G, H>(
    source: Source<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
  ): Observable<H>;
}

/** Makes a function like `pipeline` with another bound. */
export function boundedPipeline(options: FlowOptions): Pipeline {
  const build = (source: Source<unknown>, ...stages: readonly Stage<never, unknown>[]): Observable<unknown> =>
    withFlow(options, (flow) => connect(fromSource(source, flow), flow, stages));
  return build as Pipeline;
}

/**
 * Connects a source to stages inside a flow with high-water mark 4 (`boundedPipeline` takes another).
 *
 * Nothing happens before the result is subscribed to; every subscription opens the source anew. Unsubscribing closes everything.
 * A stage that emits outside of a call from upstream without telling the flow ends the pipeline with a `FlowOverrunError`.
 *
 * @example
 * pipeline(
 *   digits.train.batches({ size: 20, epochs: 30, shuffle: { seed: 1 } }),
 *   addNoise({ factor: 0.5, seed: 2 }),
 *   filter((batch) => batch.length === 20),
 *   train(engine, { sampleEvery: 500, testData: digits.test }),
 * );
 */
export const pipeline: Pipeline = boundedPipeline({});

/** Applies stages inside a flow that is already there, each one guarded. */
export function connect(
  source: Observable<unknown>,
  flow: Flow,
  stages: readonly Stage<never, unknown>[],
): Observable<unknown> {
  return stages.reduce(
    (upstream, stage, index) => guarded(stage as Stage<unknown, unknown>, describe(stage, index), flow)(upstream),
    source,
  );
}

function describe(stage: { readonly name: string }, index: number): string {
  return stage.name === '' ? `stage ${index + 1}` : `stage ${index + 1} (${stage.name})`;
}

/** Refuses an emission that comes neither from a call from upstream nor from an item that has a place in the flow. */
function guarded<T, R>(stage: Stage<T, R>, name: string, flow: Flow): (source: Observable<T>) => Observable<R> {
  return (source) => {
    let depth = 0;
    const within = (call: () => void): void => {
      depth += 1;
      try {
        call();
      } finally {
        depth -= 1;
      }
    };
    const watched = new Observable<T>((inner) => {
      within(() => {
        inner.add(
          source.subscribe({
            next: (value) => within(() => inner.next(value)),
            error: (error: unknown) => within(() => inner.error(error)),
            complete: () => within(() => inner.complete()),
          }),
        );
      });
    });
    // Applied once, as in an rxjs pipe, however often a later stage subscribes: `share` has to share.
    const staged = stage(watched, flow);
    return new Observable((subscriber) => {
      within(() => {
        subscriber.add(
          staged.subscribe({
            next: (value) => {
              if (depth > 0 || flow.emitting) subscriber.next(value);
              else subscriber.error(new FlowOverrunError(name));
            },
            error: (error: unknown) => subscriber.error(error),
            complete: () => subscriber.complete(),
          }),
        );
      });
    });
  };
}
