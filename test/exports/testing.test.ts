import { setTimeout as wait } from 'node:timers/promises';
import { bufferCount, delay, filter, lastValueFrom, Observable, tap, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { batchesOf, batchOf, checkBound, fakeEngine, scriptedSource } from '../../src/exports/testing.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { pipeline } from '../../src/streams/pipeline.js';
import type { Stage } from '../../src/streams/stage.js';

const items = Array.from({ length: 20 }, (_, index) => index);

test('batchOf makes images that can be told apart', () => {
  const batch = batchOf(2, { from: 11, shape: [1, 3, 1], epoch: 2, index: 5 });
  expect(batch).toEqual({
    pixels: Uint8Array.of(11, 12, 13, 12, 13, 14),
    shape: [2, 1, 3, 1],
    length: 2,
    labels: Uint8Array.of(1, 2),
    indices: Uint32Array.of(11, 12),
    epoch: 2,
    index: 5,
  });
});

test('batchesOf makes an epoch whose last batch is as large as the rest allows', () => {
  expect(batchesOf(5, 2).map(({ length, index }) => [index, length])).toEqual([
    [0, 2],
    [1, 2],
    [2, 1],
  ]);
});

test('scriptedSource gives its items and keeps account', async () => {
  const source = scriptedSource(items, { openMs: 1, readMs: (index) => index % 2 });
  await expect(lastValueFrom(pipeline(source).pipe(toArray()))).resolves.toEqual(items);
  expect(source).toMatchObject({ pulled: 20, opened: 1, closed: 1 });
});

test('scriptedSource fails where it is told to, as often as it is told to', async () => {
  const source = scriptedSource(items, { failAt: 3, failures: 1, error: 'torn' });
  await expect(lastValueFrom(pipeline(source))).rejects.toBe('torn');
  await expect(lastValueFrom(pipeline(source))).resolves.toBe(19);
  await expect(lastValueFrom(pipeline(scriptedSource(items, { openError: 'absent' })))).rejects.toBe('absent');
});

test('scriptedSource hangs where it is told to and closes all the same', async () => {
  const source = scriptedSource(items, { hangAt: 3, closeMs: 1 });
  const seen: number[] = [];
  const subscription = pipeline(source).subscribe((value) => seen.push(value));
  await wait(5);
  subscription.unsubscribe();
  await wait(5);
  expect(seen).toEqual([0, 1, 2]);
  expect(source).toMatchObject({ pulled: 3, opened: 1, closed: 1 });
});

test('fakeEngine remembers batches, counts steps and refuses what an engine refuses', () => {
  const engine = fakeEngine({ loss: (step) => 10 - step });
  const batch = batchOf(3);
  expect([engine.trainStep(batch), engine.trainStep(batch)]).toEqual([9, 8]);
  expect(engine).toMatchObject({ step: 2, trained: [batch, batch] });
  expect(engine.evaluate({ ...batch, target: new Uint8Array(12) }).loss).toBeGreaterThan(0);
  expect(engine.reconstruct(batch.pixels)).toEqual(Float32Array.from(batch.pixels, (value) => value / 255));
  expect(() => engine.trainStep({ ...batch, length: 2 })).toThrow('expected 8 values, found 12');
  engine.dispose();
  expect(() => engine.trainStep(batch)).toThrow('the engine is disposed');
});

test('fakeEngine hands its state on', () => {
  const [one, other] = [fakeEngine(), fakeEngine()];
  one.trainStep(batchOf(1));
  other.setWeights(one.weights());
  other.setOptimizerState(one.optimizerState());
  expect(other.weights()).toEqual(one.weights());
  expect(other.step).toBe(1);
});

test('checkBound reports what a sound stage holds', async () => {
  const sound = mapAsync((value: number) => wait(1, value), { concurrency: 2 });
  await expect(checkBound(sound, { items, highWaterMark: 3 })).resolves.toEqual({
    maxInFlight: 3,
    emitted: 20,
    opened: 3,
    closed: 3,
  });
  const grouped = await checkBound(bufferCount<number>(5), { items, itemsIn: (group) => group.length, keeps: 4 });
  expect(grouped.emitted).toBe(4);
});

/** Holds items without entering them, and says that they have. */
const dishonest: Stage<number, number> = (source, flow) =>
  new Observable((subscriber) => {
    const late = source.pipe(delay(5));
    subscriber.add(
      late.subscribe({
        next: (value) => flow.emit(() => subscriber.next(value)),
        complete: () => subscriber.complete(),
      }),
    );
  });

const leaky: Stage<number, number> = (source, flow) => {
  flow.own({ close: () => new Promise(() => {}) });
  return source;
};

const hoarder: Stage<number, number> = (source, flow) => source.pipe(tap(() => flow.acquire()));

test.each<[string, Stage<number, unknown>, string | RegExp]>([
  ['breaks the bound', dishonest, /^The bound is broken: \d+ items in flight, 4 allowed\.$/],
  ['emits behind the guard’s back', delay(5), /^stage 1 emits asynchronously/],
  ['keeps more than it says', filter(() => false), 'The bound is broken: 20 items in flight, 4 allowed.'],
  ['never closes what it owns', leaky, 'After complete something stays open'],
  ['never gives its places back', hoarder, /^The pipeline stalls/],
])('checkBound finds a stage that %s', async (_, stage, message) => {
  await expect(checkBound(stage, { items, stallMs: 100 })).rejects.toThrow(message);
});
