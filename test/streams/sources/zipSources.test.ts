import { lastValueFrom, type Observable, toArray } from 'rxjs';
import { expect, expectTypeOf, test } from 'vitest';
import { scriptedSource } from '../../../src/exports/testing.js';
import { pipeline } from '../../../src/streams/pipeline.js';
import { zipSources } from '../../../src/streams/sources/zipSources.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

test('gives one item of each, ends with the shortest and closes all', async () => {
  const [long, short] = [scriptedSource(numbers, { readMs: (index) => index % 2 }), scriptedSource(['a', 'b', 'c'])];
  const pairs = pipeline(zipSources(long, short), toArray());
  expectTypeOf(pairs).toEqualTypeOf<Observable<[number, string][]>>();
  expect(await lastValueFrom(pairs)).toEqual([
    [0, 'a'],
    [1, 'b'],
    [2, 'c'],
  ]);
  expect([long.pulled, long.closed, short.closed]).toEqual([4, 1, 1]);
});

test('has its items at hand where those of its sources are, and no items without sources', async () => {
  const reader = await zipSources([1], [2]).open(new AbortController().signal);
  expect(reader.next()).toEqual({ done: false, value: [1, 2] });
  expect(await lastValueFrom(pipeline(zipSources(), toArray()))).toEqual([]);
});

test.each([{ failAt: 2, error: 'torn' }, { openError: 'torn' }])(
  'fails with the first that fails: %j',
  async (script) => {
    const [sound, broken] = [scriptedSource(numbers), scriptedSource(numbers, script)];
    await expect(lastValueFrom(pipeline(zipSources(sound, broken)))).rejects.toBe('torn');
    expect([sound.opened, sound.closed, broken.closed]).toEqual([1, 1, broken.opened]);
  },
);

test('closes all when it is left during a read', async () => {
  const [sound, hanging] = [scriptedSource(numbers), scriptedSource(numbers, { hangAt: 1 })];
  const subscription = pipeline(zipSources(sound, hanging)).subscribe();
  await new Promise(setImmediate);
  subscription.unsubscribe();
  await new Promise(setImmediate);
  expect([sound.closed, hanging.closed]).toEqual([1, 1]);
});
