import type { Observable } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { expect } from 'vitest';
import { connect } from '../../src/streams/connect.js';
import type { Stage } from '../../src/streams/stage.js';
import { withFlow } from '../../src/streams/withFlow.js';

/** Runs marbles in virtual time. */
export function marbles(check: (helpers: RunHelpers) => void): void {
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(check);
}

/** Marbles of one case: the source, how long it is subscribed to, and what comes out. */
export type MarbleCase = readonly [source: string, subscription: string, expected: string];

/**
 * Asserts what comes out of an operator and when its source is subscribed to and left. Where what is expected neither
 * completes nor fails, the consumer unsubscribes at the end of the subscription.
 */
export function expectMarbles<T, R>(
  operator: (source: Observable<T>) => Observable<R>,
  values: { readonly [marble: string]: T } | undefined,
  cases: readonly MarbleCase[],
  results?: { readonly [marble: string]: R },
): void {
  for (const [marble, subscription, expected] of cases) {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(marble, values);
      const leaving = /[|#]/.test(expected) ? null : subscription;
      expectObservable(operator(source), leaving).toBe(expected, results);
      expectSubscriptions(source.subscriptions).toBe(subscription);
    });
  }
}

/** A stage in a flow of its own behind the pipeline's guard, on an Observable instead of a source. */
export function staged<T, R>(source: Observable<T>, stage: Stage<T, R>): Observable<R> {
  return withFlow({}, (flow) => connect(source, flow, [stage as Stage<never, unknown>]) as Observable<R>);
}
