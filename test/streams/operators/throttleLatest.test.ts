import { setTimeout as wait } from 'node:timers/promises';
import { lastValueFrom, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { tapStats } from '../../../src/streams/operators/tapStats.js';
import { throttleLatest } from '../../../src/streams/operators/throttleLatest.js';
import { boundedPipeline, pipeline } from '../../../src/streams/pipeline.js';
import { StageStats } from '../../../src/streams/stageStats.js';
import { expectMarbles, type MarbleCase, staged } from '../marbles.js';

const cases: readonly MarbleCase[] = [
  ['-a-b-c-d----|', '^-----------!', '-a---c---d--|'],
  ['-a-b|', '        ^---!', '        -a--(b|)'],
  ['-a------b-|', '  ^---------!', '  -a------b-|'],
  ['-ab#', '         ^--!', '         -a-#'],
  ['-ab---', '       ^--!', '         -a--'],
];

test('lets the latest of each span of time pass, in a pipeline and in a plain pipe', () => {
  expectMarbles((source) => staged(source, throttleLatest(4)), undefined, cases);
  expectMarbles(throttleLatest(4), undefined, cases);
});

test('counts what it drops', async () => {
  const stats = new StageStats('latest');
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const passed = await lastValueFrom(pipeline(numbers, tapStats(stats, throttleLatest<number>(1000)), toArray()));
  expect(passed).toEqual([0, 49]);
  expect(stats.snapshot()).toMatchObject({ items: 50, dropped: 48 });
});

test('waits for room, and drops meanwhile nothing that it need not', async () => {
  const source = scriptedSource([1, 2, 3, 4], { readMs: () => 1 });
  let most = 0;
  let held = 0;
  const work = mapAsync(async (value: number) => {
    most = Math.max(most, ++held);
    await wait(3);
    held -= 1;
    return value;
  });
  const running = boundedPipeline({ highWaterMark: 1 })(source, throttleLatest(0), work, toArray());
  expect((await lastValueFrom(running)).at(-1)).toBe(4);
  expect(most).toBe(1);
});

test('keeps one item beside the bound and closes everything', async () => {
  const items = Array.from({ length: 12 }, (_, index) => index);
  const passing = await checkBound(throttleLatest<number>(0), { items, keeps: items.length });
  expect(passing).toMatchObject({ opened: 3, closed: 3 });
});

test.each([-1, Number.NaN, Infinity])('refuses %d milliseconds', (milliseconds) => {
  expect(() => throttleLatest(milliseconds)).toThrow(OptionError);
});
