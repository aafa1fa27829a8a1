import { setTimeout as wait } from 'node:timers/promises';
import { lastValueFrom, type Observable, of, retry, Subject, throwError, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { type Flow, withFlow } from '../../../src/streams/flow.js';
import { fromSource } from '../../../src/streams/fromSource.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { expectMarbles, staged } from '../marbles.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);
const never = () => new Promise<never>(() => {});

test('keeps the order of the items, whichever result is ready first', async () => {
  const slowFirst = mapAsync((value: number) => wait(20 - value, value * 10), { concurrency: 3 });
  const results = await lastValueFrom(pipeline(scriptedSource(numbers), slowFirst).pipe(toArray()));
  expect(results).toEqual(numbers.map((value) => value * 10));
});

test.each([1, 2, 3])('works on no more than %i items at the same time', async (concurrency) => {
  let [running, most] = [0, 0];
  const work = mapAsync(
    async () => {
      most = Math.max(most, ++running);
      await wait(1);
      running -= 1;
    },
    { concurrency },
  );
  await lastValueFrom(pipeline(scriptedSource(numbers), work));
  expect(most).toBe(concurrency);
});

test('holds its items within the bound, and gives everything back', async () => {
  const report = await checkBound(
    mapAsync((value: number) => wait(2, value), { concurrency: 8 }),
    { items: numbers },
  );
  expect(report).toEqual({ maxInFlight: 4, emitted: 20, opened: 3, closed: 3 });
});

test('completes with the last result', async () => {
  const results = staged(
    of(1, 2),
    mapAsync(async (value) => value * 10),
  );
  await expect(lastValueFrom(results.pipe(toArray()))).resolves.toEqual([10, 20]);
});

test('waits for its results when the source is done; passes errors and unsubscribing on', () => {
  // Promises do not run in virtual time, so what comes out is asserted by the other tests.
  const waiting = (source: Observable<string>) => staged(source, mapAsync(never));
  expectMarbles(waiting, undefined, [
    ['--a-b--|', '^------!', '--------'],
    ['-|', '      ^!', '      -|'],
    ['-a-#', '    ^--!', '    ---#'],
    ['-a-b-c-', ' ^---!', '   -----'],
  ]);
});

test('ends with the first error, aborts the rest and emits nothing more', async () => {
  const signals: AbortSignal[] = [];
  const seen: unknown[] = [];
  const failSecond = mapAsync(
    (value: number, signal) => {
      signals.push(signal);
      return value === 1 ? wait(1).then(() => Promise.reject(new Error('refused'))) : wait(5, value);
    },
    { concurrency: 3 },
  );
  pipeline(scriptedSource(numbers), failSecond).subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(error),
  });
  await wait(20);
  expect(seen).toEqual([new Error('refused')]);
  expect(signals.every((signal) => signal.aborted)).toBe(true);
});

test('ends with what the work throws before it returns a promise', async () => {
  const broken = mapAsync((): Promise<never> => {
    throw new Error('no promise');
  });
  await expect(lastValueFrom(staged(of(1), broken))).rejects.toThrow('no promise');
});

test('aborts its work on unsubscribe and swallows what comes of it', async () => {
  const seen: unknown[] = [];
  const work = mapAsync((_: number, signal) => wait(1000, undefined, { signal }));
  const subscription = pipeline(scriptedSource(numbers), work).subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(error),
  });
  await wait(2);
  subscription.unsubscribe();
  await wait(2);
  expect(seen).toEqual([]);
});

test('gives its places back when it is subscribed to again', async () => {
  let flow!: Flow;
  let attempts = 0;
  const failTwice = mapAsync(async (value: number) => {
    if (value === 5 && attempts++ < 2) throw new Error('try again');
    return value;
  });
  const observed = withFlow({}, (own) => {
    flow = own;
    return failTwice(fromSource(scriptedSource(numbers), own), own).pipe(retry(2), toArray());
  });
  await expect(lastValueFrom(observed)).resolves.toHaveLength(20 + 2 * 5);
  expect(flow.inFlight).toBe(0);
});

test('lets an error of the source overtake what it holds', async () => {
  const source = new Subject<number>();
  const seen: unknown[] = [];
  staged(source, mapAsync(never)).subscribe({ error: (error: unknown) => seen.push(error) });
  source.next(1);
  source.error('gone');
  expect(seen).toEqual(['gone']);
  await expect(
    lastValueFrom(
      staged(
        throwError(() => 'gone'),
        mapAsync(never),
      ),
    ),
  ).rejects.toBe('gone');
});

test.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a concurrency of %d', (concurrency) => {
  expect(() => mapAsync(never, { concurrency })).toThrow(OptionError);
});
