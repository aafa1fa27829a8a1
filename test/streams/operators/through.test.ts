import {
  asyncScheduler,
  concatMap,
  delay,
  lastValueFrom,
  map,
  mergeMap,
  type Observable,
  observeOn,
  of,
  startWith,
  timer,
  toArray,
} from 'rxjs';
import { expect, test } from 'vitest';
import { FlowOverrunError } from '../../../src/errors.js';
import { checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { through } from '../../../src/streams/operators/through.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { expectMarbles, staged } from '../marbles.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

test('lets an asynchronous one-to-one operator work as it does elsewhere', () => {
  const delayed = (source: Observable<string>) => staged(source, through(delay(2)));
  expectMarbles(delayed, undefined, [
    ['-a-b--c|', '^------!', '---a-b--(c|)'],
    ['-a--#', '   ^---!', '   ---a#'],
    ['-a-b-c', '  ^-----!', ' ---a-b-'],
    ['-|', '      ^!', '      -|'],
  ]);
});

test.each([
  ['delay', delay<number>(3)],
  ['observeOn', observeOn<number>(asyncScheduler)],
  ['concatMap of one answer', concatMap((value: number) => timer(1).pipe(map(() => value)))],
  ['map', map((value: number) => value)],
])('keeps %s within the bound, and gives everything back', async (_, operator) => {
  const report = await checkBound(through(operator), { items: numbers });
  expect(report).toMatchObject({ emitted: 20, opened: 3, closed: 3 });
});

test.each([
  ['at once', mergeMap((value: number) => of(value, value))],
  ['later', mergeMap((value: number) => timer(0, 1).pipe(map(() => value)))],
  ['before anything went in', startWith<number>(0)],
])('refuses an operator that emits more than went in, %s', async (_, operator) => {
  const running = lastValueFrom(pipeline(scriptedSource(numbers), through(operator)).pipe(toArray()));
  await expect(running).rejects.toThrow(FlowOverrunError);
  await expect(running).rejects.toThrow(/^the operator inside through emits more items than went into it\. Only/);
});
