import { Observable, type OperatorFunction, tap } from 'rxjs';
import { FlowOverrunError, OptionError } from '../../errors.js';
import { requireFlow } from '../requireFlow.js';
import type { Stage } from '../stage.js';

/**
 * Takes an asynchronous one-to-one operator (`delay`, `observeOn`, `concatMap` of one answer each) inside the bound: an item
 * holds a place in the flow from its way in until the operator's next output comes out.
 *
 * One-to-one is up to the operator: one that drops items (`auditTime`, `filter`) keeps their places until the source
 * completes and so stalls the pipeline. Completes and errors as the operator does; gives all places back when it ends.
 *
 * Errors with `FlowOverrunError` when more comes out than went in.
 * @throws OptionError when the operator is no function
 *
 * @example
 * const late = pipeline([1, 2, 3], through(delay(1)), toArray());
 * console.log(await lastValueFrom(late)); // [ 1, 2, 3 ]
 */
export function through<T, R>(oneToOne: OperatorFunction<T, R>): Stage<T, R> {
  if (typeof oneToOne !== 'function')
    throw new OptionError('oneToOne', oneToOne, 'an rxjs operator', 'Call the operator: through(delay(100)).');
  return function through(source, given) {
    const flow = requireFlow(given, 'through');
    return new Observable((subscriber) => {
      const places: (() => void)[] = [];
      subscriber.add(() => {
        for (const release of places.splice(0)) release();
      });
      const entering = source.pipe(tap(() => places.push(flow.acquire())));
      subscriber.add(
        oneToOne(entering).subscribe({
          next(value) {
            const release = places.shift();
            if (release === undefined) return subscriber.error(surplus());
            flow.emit(() => subscriber.next(value));
            release();
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      );
    });
  };
}

function surplus(): FlowOverrunError {
  return new FlowOverrunError(
    'the operator inside through',
    'emits more items than went into it',
    'Only one-to-one operators belong in through; put one that multiplies items beside it.',
  );
}
