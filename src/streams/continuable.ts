// What consumes a pipeline from outside, and wants to slow it down, has to become its last stage: it is given the same flow.
import type { Observable } from 'rxjs';
import { OptionError } from '../errors.js';
import type { Stage } from './stage.js';

/** Makes the Observable anew with one more stage at its end, inside its flow. */
type Continue<T> = <R>(stage: Stage<T, R>) => Observable<R>;

const continuations = new WeakMap<Observable<unknown>, Continue<unknown>>();

/** Remembers how an Observable with a flow goes on; returns it. */
export function continuable<T>(observable: Observable<T>, goOn: Continue<T>): Observable<T> {
  continuations.set(observable, goOn as Continue<unknown>);
  return observable;
}

/**
 * The Observable with one more stage inside its flow.
 * @throws OptionError for one that has none
 */
export function continueWith<T, R>(observable: Observable<T>, stage: Stage<T, R>): Observable<R> {
  const goOn = continuations.get(observable) as Continue<T> | undefined;
  if (goOn !== undefined) return goOn(stage);
  throw new OptionError(
    'pipeline',
    observable,
    'what pipeline or run returns',
    'Put rxjs operators into the pipeline as stages instead of piping it; other Observables go in through fromObservable.',
  );
}
