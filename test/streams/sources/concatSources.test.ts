import { lastValueFrom, Subject, take, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import { scriptedSource } from '../../../src/exports/testing.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { concatSources } from '../../../src/streams/sources/concatSources.js';

const numbers = Array.from({ length: 5 }, (_, index) => index);

test('gives one source after the other; each is opened when the one before is closed', async () => {
  const first = scriptedSource(numbers, { closeMs: 2 });
  const openBefore: number[] = [];
  const second = scriptedSource([7]);
  const watched = {
    open: (signal: AbortSignal) => {
      openBefore.push(first.opened - first.closed);
      return second.open(signal);
    },
  };
  const all = concatSources(first, [], watched, [8, 9]);
  expect(await lastValueFrom(pipeline(all, toArray()))).toEqual([...numbers, 7, 8, 9]);
  expect(await lastValueFrom(pipeline(all, toArray()))).toEqual([...numbers, 7, 8, 9]);
  expect([openBefore, second.closed]).toEqual([[0, 0], 2]);
  expect(await lastValueFrom(pipeline(concatSources(), toArray()))).toEqual([]);
});

test('opens no more than it needs, and closes that', async () => {
  const [first, second] = [scriptedSource(numbers), scriptedSource(numbers)];
  await lastValueFrom(pipeline(concatSources(first, second), take(2)));
  expect([first.closed, second.opened]).toEqual([1, 0]);
});

test('passes errors on and closes', async () => {
  const broken = scriptedSource(numbers, { failAt: 1, error: 'torn' });
  await expect(lastValueFrom(pipeline(concatSources([1], broken)))).rejects.toBe('torn');
  expect(broken.closed).toBe(1);
});

test('closes a source that is opened when it has been left', async () => {
  const opened = new Subject<void>();
  const slow = scriptedSource(numbers);
  const late = {
    open: (signal: AbortSignal) =>
      new Promise<void>((resolve) => opened.subscribe(resolve)).then(() => slow.open(signal)),
  };
  const subscription = pipeline(concatSources([1], late)).subscribe();
  await new Promise(setImmediate);
  subscription.unsubscribe();
  opened.next();
  await new Promise(setImmediate);
  expect([slow.opened, slow.closed]).toEqual([1, 1]);
});
