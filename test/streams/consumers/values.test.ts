import { of } from 'rxjs';
import { expect, test } from 'vitest';
import { scriptedSource } from '../../../src/exports/testing.js';
import { values } from '../../../src/streams/consumers/values.js';
import { mapAsync } from '../../../src/streams/operators/mapAsync.js';
import { boundedPipeline, pipeline } from '../../../src/streams/pipeline.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('gives every value, in order, and pulls no further ahead than the bound', async () => {
  const source = scriptedSource(numbers);
  const seen: number[] = [];
  let most = 0;
  const running = values(
    boundedPipeline({ highWaterMark: 2 })(
      source,
      mapAsync(async (value) => value),
    ),
  );
  expect(source.opened).toBe(0);
  for await (const value of running) {
    most = Math.max(most, source.pulled - seen.length);
    await turn();
    seen.push(value);
  }
  expect(seen).toEqual(numbers);
  expect(most).toBe(2);
  const again: number[] = [];
  for await (const value of running) again.push(value);
  expect(again).toEqual(numbers);
  expect(source).toMatchObject({ opened: 2, closed: 2 });
});

test('a loop that is left closes the pipeline', async () => {
  const source = scriptedSource(numbers);
  for await (const value of values(pipeline(source))) if (value === 2) break;
  await turn();
  expect(source).toMatchObject({ opened: 1, closed: 1 });
  expect(source.pulled).toBeLessThanOrEqual(3 + 4);
});

test('passes an error on after the values before it, once', async () => {
  const broken = scriptedSource(numbers, { failAt: 2, error: 'torn' });
  const iterator = values(pipeline(broken))[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: 0 });
  await expect(
    (async () => {
      for (;;) if ((await iterator.next()).done) return 'ended';
    })(),
  ).rejects.toBe('torn');
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  expect(broken.closed).toBe(1);
});

test('values may be asked for before they are there', async () => {
  const iterator = values(pipeline([1, 2]))[Symbol.asyncIterator]();
  const asked = [iterator.next(), iterator.next(), iterator.next()];
  expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([1, 2, undefined]);
});

test('answers a pending next when it is left', async () => {
  const iterator = values(pipeline(scriptedSource(numbers, { hangAt: 0 })))[Symbol.asyncIterator]();
  const pending = iterator.next();
  await turn();
  await iterator.return?.();
  expect(await pending).toEqual({ done: true, value: undefined });
});

test('refuses an Observable without a bound', () => {
  expect(() => values(of(1))).toThrow('expected what pipeline or run returns');
});
