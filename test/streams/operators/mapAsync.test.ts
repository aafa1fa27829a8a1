import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { lastValueFrom, type Observable, type OperatorFunction, of, retry, Subject, throwError, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError, WorkError } from '../../../src/errors.js';
import { checkBound, scriptedSource } from '../../../src/exports/testing.js';
import type { Flow } from '../../../src/streams/flow.js';
import { fromSource } from '../../../src/streams/fromSource.js';
import { type MapAsyncOptions, mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { tapStats } from '../../../src/streams/operators/tapStats.js';
import { boundedPipeline, pipeline } from '../../../src/streams/pipeline.js';
import { StageStats } from '../../../src/streams/stageStats.js';
import { withFlow } from '../../../src/streams/withFlow.js';
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
  // Eight, and the one that the consumer of `checkBound` works on.
  expect(report).toEqual({ maxInFlight: 9, emitted: 20, opened: 3, closed: 3 });
});

test('raises the default bound to the concurrency of all stages together', async () => {
  let [first, second, most] = [0, 0, [0, 0]];
  const count = async (): Promise<void> => {
    most = [Math.max(most[0]!, first), Math.max(most[1]!, second)];
    await wait(2);
  };
  const running = pipeline(
    scriptedSource(numbers),
    mapAsync(
      async () => {
        first += 1;
        await count();
        first -= 1;
      },
      { concurrency: 8 },
    ),
    mapAsync(
      async () => {
        second += 1;
        await count();
        second -= 1;
      },
      { concurrency: 6 },
    ),
  );
  await lastValueFrom(running);
  expect(most[0]).toBe(8);
  expect(most[1]).toBe(6);
});

test('is refused above a bound that was given', async () => {
  const running = boundedPipeline({ highWaterMark: 4 })(scriptedSource(numbers), mapAsync(never, { concurrency: 8 }));
  await expect(lastValueFrom(running)).rejects.toThrow(
    "concurrency: expected 4 at most, the pipeline's highWaterMark, found 8. Give boundedPipeline a higher highWaterMark",
  );
});

test('is a clear error in a plain pipe', () => {
  const stage = mapAsync(never) as unknown as OperatorFunction<number, never>;
  expect(() => of(1).pipe(stage)).toThrow(
    /^mapAsync stands in a plain pipe, where no bound is\. Put it into a pipeline/,
  );
});

const latencies = fc.array(fc.nat(6), { minLength: 1, maxLength: 5 });

test('loses and doubles nothing, in order or not, whatever fails', async () => {
  const property = fc.asyncProperty(
    latencies,
    fc.integer({ min: 1, max: 6 }),
    fc.boolean(),
    fc.constantFrom('skip' as const, 'emit' as const),
    fc.integer({ min: 2, max: 9 }),
    async (waits, concurrency, ordered, onError, every) => {
      const stats = new StageStats('work');
      const fails = (value: number): boolean => value % every === 1;
      const work = mapAsync(
        async (value: number) => {
          for (let turn = 0; turn < waits[value % waits.length]!; turn++) await new Promise(setImmediate);
          if (fails(value)) throw new Error('refused');
          return value;
        },
        { concurrency, ordered, onError },
      );
      const results: unknown[] = await lastValueFrom(pipeline(numbers, tapStats(stats, work), toArray()));
      const items = results.map((result) => (result instanceof WorkError ? result.item : result) as number);
      const expected = onError === 'emit' ? numbers : numbers.filter((value) => !fails(value));
      expect(ordered ? items : items.sort((a, b) => a - b)).toEqual(expected);
      expect(stats.snapshot().dropped).toBe(numbers.length - expected.length);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('gives results as they are ready where order does not matter', async () => {
  let finish!: () => void;
  const last = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = async (value: number): Promise<number> => {
    if (value === 0) await last;
    if (value === 3) finish();
    return value;
  };
  const running = pipeline([0, 1, 2, 3], mapAsync(work, { concurrency: 3, ordered: false }), toArray());
  const results = await lastValueFrom(running);
  expect(results).toEqual([1, 2, 3, 0]);
});

test('holds the bound where results come out of order', async () => {
  const work = mapAsync((value: number) => wait(value % 3, value), { concurrency: 4, ordered: false });
  const report = await checkBound(work, { items: numbers, highWaterMark: 4 });
  expect(report).toMatchObject({ emitted: 20, opened: 3, closed: 3 });
  expect(report.maxInFlight).toBeLessThanOrEqual(4);
});

test('tries again as often as it is told to, after the time that it is told', async () => {
  const waits: [unknown, number][] = [];
  let calls = 0;
  const flaky = async (): Promise<string> => {
    calls += 1;
    if (calls < 3) throw `failure ${calls}`;
    return 'at last';
  };
  const delayMs = (error: unknown, failures: number): number => {
    waits.push([error, failures]);
    return 1;
  };
  expect(await lastValueFrom(pipeline([1], mapAsync(flaky, { retry: { count: 2, delayMs } })))).toBe('at last');
  expect(waits).toEqual([
    ['failure 1', 1],
    ['failure 2', 2],
  ]);
  calls = 0;
  await expect(lastValueFrom(pipeline([1], mapAsync(flaky, { retry: 1 })))).rejects.toBe('failure 2');
});

test('says what has failed, how often and why', async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('no answer'));
  const failure = await lastValueFrom(pipeline(['a'], mapAsync(refuse, { onError: 'emit', retry: 2 })));
  expect(failure).toMatchObject({ code: 'WORK_FAILED', item: 'a', attempts: 3, cause: new Error('no answer') });
  expect(failure.message).toMatch(/^the work on an item, tried 3 times, failed: no answer\./);
});

test('gives up the wait before another try when it is left', async () => {
  let calls = 0;
  const refuse = (): Promise<never> => {
    calls += 1;
    return Promise.reject(new Error('no answer'));
  };
  const seen: unknown[] = [];
  const retry = { count: 5, delayMs: 2 };
  const subscription = pipeline([1], mapAsync(refuse, { retry })).subscribe({ error: (error) => seen.push(error) });
  await wait(0);
  subscription.unsubscribe();
  await wait(6);
  expect([calls, seen]).toEqual([1, []]);
});

test.each([
  [{ onError: 'ignore' }, 'onError'],
  [{ ordered: 1 }, 'ordered'],
  [{ concurency: 2 }, 'there is no option "concurency". Did you mean concurrency'],
  [{ retry: -1 }, 'retry'],
  [{ retry: { count: 1, delayMs: Number.NaN } }, 'retry.delayMs'],
])('refuses %j', (options, option) => {
  expect(() => mapAsync(never, options as MapAsyncOptions)).toThrow(new RegExp(`^${option}`));
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
