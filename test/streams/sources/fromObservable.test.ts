import fc from 'fast-check';
import { lastValueFrom, type Observable, of, Subject, throwError, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError, OverflowError } from '../../../src/errors.js';
import { fromSource } from '../../../src/streams/fromSource.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { boundedPipeline, pipeline } from '../../../src/streams/pipeline.js';
import { type FromObservableOptions, fromObservable } from '../../../src/streams/sources/fromObservable.js';
import { StageStats } from '../../../src/streams/stageStats.js';
import { withFlow } from '../../../src/streams/withFlow.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a pipeline with a bound of one sees of numbers that all come while it works on the first. */
async function seen(overflow: FromObservableOptions['overflow'], capacity: number, stats?: StageStats) {
  const pushed = new Subject<number>();
  const source = fromObservable(pushed, { overflow, capacity, ...(stats && { stats }) });
  let finish!: () => void;
  const first = new Promise<void>((resolve) => (finish = resolve));
  const work = mapAsync(async (value: number) => {
    if (value === 0) await first;
    return value;
  });
  const results = lastValueFrom(boundedPipeline({ highWaterMark: 1 })(source, work, toArray()));
  pushed.next(0);
  await turn();
  for (let value = 1; value <= 5; value++) pushed.next(value);
  pushed.complete();
  finish();
  return results;
}

test('loses the oldest that waits, or the newest, and counts them', async () => {
  const stats = new StageStats('keys');
  expect(await seen('dropOldest', 1, stats)).toEqual([0, 5]);
  expect(stats.snapshot()).toMatchObject({ name: 'keys', items: 6, dropped: 4 });
  expect(await seen('dropOldest', 2)).toEqual([0, 4, 5]);
  expect(await seen('dropNewest', 2)).toEqual([0, 1, 2]);
  expect(await seen('error', 5)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('ends the pipeline where nothing may be lost', async () => {
  const ending = seen('error', 4);
  await expect(ending).rejects.toThrow(OverflowError);
  await expect(ending).rejects.toThrow('more than the 4 items that fromObservable may hold');
});

test('tells whoever observes the pull what was dropped', async () => {
  const drops: number[] = [];
  const observer = { waitFor: () => undefined, drop: (items: number) => void drops.push(items) };
  const source = fromObservable(of(1, 2, 3, 4), { overflow: 'dropOldest', capacity: 1 });
  expect(await lastValueFrom(withFlow({}, (flow) => fromSource(source, flow, observer)))).toBe(4);
  expect(drops).toEqual([3]);
});

test('never holds more than its capacity, keeps the order and doubles nothing', async () => {
  const options = fc.record({
    overflow: fc.constantFrom('dropOldest' as const, 'dropNewest' as const),
    capacity: fc.integer({ min: 1, max: 4 }),
  });
  /** Numbers that are pushed, and turns of the event loop. */
  const steps = fc.array(fc.boolean(), { maxLength: 40 });
  const property = fc.asyncProperty(options, steps, async (given, pushes) => {
    const pushed = new Subject<number>();
    const stats = new StageStats('pushed');
    const source = fromObservable(pushed, { ...given, stats });
    const results = lastValueFrom(
      pipeline(
        source,
        mapAsync(async (value) => value),
        toArray(),
      ),
    );
    let next = 0;
    let burst = 0;
    for (const isPush of pushes) {
      if (isPush) pushed.next(next++);
      else await turn();
      burst = isPush ? burst + 1 : 0;
    }
    pushed.complete();
    const taken = await results;
    expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
    expect(stats.snapshot()).toMatchObject({ items: next, dropped: next - taken.length });
    if (given.overflow === 'dropOldest' && next > 0) expect(taken.at(-1)).toBe(next - 1);
  });
  await fc.assert(property, { numRuns: 60 });
});

test('subscribes when it is opened and unsubscribes when the pipeline ends', async () => {
  const pushed = new Subject<number>();
  const running = pipeline(fromObservable(pushed, { overflow: 'error', capacity: 1 }));
  expect(pushed.observed).toBe(false);
  const subscription = running.subscribe();
  expect(pushed.observed).toBe(true);
  subscription.unsubscribe();
  await turn();
  expect(pushed.observed).toBe(false);
});

test('passes an error on after what waits', async () => {
  const values: unknown[] = [];
  const failing = fromObservable(
    throwError(() => 'torn'),
    { overflow: 'error', capacity: 1 },
  );
  await pipeline(failing)
    .forEach((value) => void values.push(value))
    .catch((error) => values.push(error));
  const pushed = new Subject<number>();
  const running = pipeline(fromObservable(pushed, { overflow: 'error', capacity: 2 }));
  const ended = running.forEach((value) => void values.push(value)).catch((error) => values.push(error));
  pushed.next(1);
  pushed.next(2);
  pushed.error('gone');
  await ended;
  expect(values).toEqual(['torn', 1, 2, 'gone']);
});

test.each<[string, unknown, unknown]>([
  ['a missing policy', of(1), undefined],
  ['a wrong policy', of(1), { overflow: 'drop', capacity: 1 }],
  ['no bound', of(1), { overflow: 'error', capacity: Infinity }],
  ['an array', [1], { overflow: 'error', capacity: 1 }],
])('refuses %s', (_, observable, options) => {
  expect(() => fromObservable(observable as Observable<number>, options as FromObservableOptions)).toThrow(OptionError);
});
