import { setTimeout as wait } from 'node:timers/promises';
import { map, of } from 'rxjs';
import { expect, test } from 'vitest';
import { scriptedSource } from '../../../src/exports/testing.js';
import { forEachAsync } from '../../../src/streams/consumers/forEachAsync.js';
import { boundedPipeline, pipeline } from '../../../src/streams/pipeline.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

test('works on every item, inside the bound, and resolves when the last is done', async () => {
  const source = scriptedSource(numbers);
  const done: number[] = [];
  let most = 0;
  const running = boundedPipeline({ highWaterMark: 2 })(
    source,
    map((value) => value * 2),
  );
  await forEachAsync(running, async (value) => {
    await wait(0);
    most = Math.max(most, source.pulled - done.length);
    done.push(value);
  });
  expect(done).toEqual(numbers.map((value) => value * 2));
  expect([most, source.closed]).toEqual([2, 1]);
});

test('rejects with the first error, or goes on where it is told to', async () => {
  const odd = async (value: number): Promise<void> => {
    if (value % 2 === 1) throw new Error(`odd: ${value}`);
  };
  await expect(forEachAsync(pipeline(numbers), odd)).rejects.toThrow('odd: 1');
  await expect(forEachAsync(pipeline(numbers), odd, { onError: 'skip' })).resolves.toBeUndefined();
  const broken = scriptedSource(numbers, { failAt: 3, error: 'torn' });
  await expect(forEachAsync(pipeline(broken), async () => {})).rejects.toBe('torn');
});

test('is ended by a signal', async () => {
  const source = scriptedSource(numbers, { hangAt: 3 });
  const controller = new AbortController();
  const running = forEachAsync(pipeline(source), async () => {}, { signal: controller.signal });
  await new Promise(setImmediate);
  controller.abort('enough');
  await expect(running).rejects.toBe('enough');
  expect(source.closed).toBe(1);
  await expect(forEachAsync(pipeline(source), async () => {}, { signal: controller.signal })).rejects.toBe('enough');
  expect(source.opened).toBe(1);
});

test('refuses an Observable without a bound, with advice', async () => {
  const advice =
    /^pipeline: expected what pipeline or run returns, found an object\. Put rxjs operators into the pipeline/;
  await expect(forEachAsync(of(1), async () => {})).rejects.toThrow(advice);
  await expect(forEachAsync(pipeline([1]).pipe(map(String)), async () => {})).rejects.toThrow(advice);
});
