import { setTimeout as wait } from 'node:timers/promises';
import { bufferCount, delay, filter, lastValueFrom, map, type Observable, of, repeat, skip, tap } from 'rxjs';
import { expect, test } from 'vitest';
import { FlowOverrunError } from '../../../src/errors.js';
import { batchesOf, batchOf, checkBound, scriptedSource } from '../../../src/exports/testing.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { rebatch } from '../../../src/streams/operators/rebatch.js';
import { tapStats } from '../../../src/streams/operators/tapStats.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import type { Stage } from '../../../src/streams/stage.js';
import { StageStats } from '../../../src/streams/stageStats.js';
import { expectMarbles, staged } from '../marbles.js';

/** A clock that moves when told to. */
function clock() {
  let time = 1000;
  return { now: () => time, pass: (milliseconds: number) => (time += milliseconds) };
}

const numbers = Array.from({ length: 20 }, (_, index) => index);

test('tells waiting for upstream, work inside and work downstream apart', async () => {
  const { now, pass } = clock();
  const stats = new StageStats('double', { now });
  const double = map((value: number) => {
    pass(10);
    return value * 2;
  });
  const slowSource = map((value: number) => {
    pass(200);
    return value;
  });
  const running = pipeline(
    scriptedSource(numbers),
    slowSource,
    tapStats(stats, double),
    tap(() => pass(3)),
  );
  await lastValueFrom(running);
  pass(5000);
  expect(stats.snapshot()).toEqual({
    name: 'double',
    items: 20,
    bytes: 0,
    busyMs: 200,
    waitingMs: 4000,
    blockedMs: 60,
    dropped: 0,
  });
});

test('counts the time in which a stage holds items as busy', async () => {
  const { now, pass } = clock();
  const stats = new StageStats('upload', { now });
  const upload = mapAsync(async (value: number) => {
    await wait(0);
    pass(7);
    return value;
  });
  const deliver = tap(() => pass(2));
  await lastValueFrom(pipeline(scriptedSource([1]), tapStats(stats, upload), deliver));
  expect(stats.snapshot()).toMatchObject({ items: 1, busyMs: 7, blockedMs: 2, waitingMs: 0 });
});

test('counts up to the moment of the snapshot', () => {
  const { now, pass } = clock();
  const stats = new StageStats('idle', { now });
  expect(stats.snapshot()).toMatchObject({ waitingMs: 0 });
  pass(50);
  const subscription = pipeline(scriptedSource([1], { hangAt: 0 }), tapStats(stats, map(String))).subscribe();
  pass(30);
  expect(stats.snapshot()).toMatchObject({ waitingMs: 30 });
  pass(30);
  subscription.unsubscribe();
  pass(30);
  expect(stats.snapshot()).toMatchObject({ waitingMs: 60 });
});

test('counts images and bytes where batches come in', async () => {
  const stats = new StageStats('rebatch');
  const withTarget = { ...batchOf(3), target: new Float32Array(12) };
  await lastValueFrom(pipeline(scriptedSource([withTarget, withTarget]), tapStats(stats, rebatch(6))));
  expect(stats.snapshot()).toMatchObject({ items: 6, bytes: 2 * (12 + 48), dropped: 0 });
});

test.each<[string, Stage<number, unknown>, number]>([
  ['filter', filter((value: number) => value % 4 === 0), 15],
  ['skip', skip(5), 5],
  ['map', map(() => 'new'), 0],
  ['bufferCount', bufferCount(8), 0],
  ['mapAsync', mapAsync(async (value: number) => value), 0],
])('counts what %s drops', async (name, stage, dropped) => {
  const stats = new StageStats(name);
  await lastValueFrom(pipeline(scriptedSource(numbers), tapStats(stats, stage)));
  expect(stats.snapshot()).toMatchObject({ items: 20, dropped });
});

test('counts dropped batches by their images', async () => {
  const stats = new StageStats('full batches');
  const full = filter(({ length }: { length: number }) => length === 3);
  await lastValueFrom(pipeline(scriptedSource(batchesOf(11, 3)), tapStats(stats, full)));
  expect(stats.snapshot()).toMatchObject({ items: 11, dropped: 2 });
});

test('goes on counting when its stage is subscribed to again', async () => {
  const stats = new StageStats('double');
  const running = pipeline(scriptedSource(numbers), tapStats(stats, map(String)), repeat(3));
  await lastValueFrom(running);
  expect(stats.snapshot()).toMatchObject({ items: 60 });
});

test('leaves the stage as it is: values, subscriptions, bound', async () => {
  const stats = new StageStats('upper');
  const upper = map((letter: string) => letter.toUpperCase());
  expectMarbles((source: Observable<string>) => staged(source, tapStats(stats, upper)), undefined, [
    ['-a-b-|', '^----!', '-A-B-|'],
    ['-a-#', '  ^--!', '  -A-#'],
    ['-a-b-c', '^---!', ' -A-B-'],
  ]);
  const report = await checkBound(
    tapStats(
      stats,
      mapAsync((value: number) => wait(1, value)),
    ),
    { items: numbers },
  );
  expect(report).toMatchObject({ maxInFlight: 4, opened: 3, closed: 3 });
});

test('names the stage in errors', async () => {
  const stats = new StageStats('thumbnails');
  const running = lastValueFrom(staged(of(1), tapStats(stats, delay(1))));
  await expect(running).rejects.toThrow(FlowOverrunError);
  await expect(running).rejects.toThrow(/^stage 1 \(thumbnails\) emits asynchronously/);
});
