import { delay, lastValueFrom } from 'rxjs';
import { expect, test } from 'vitest';
import { scriptedSource } from '../../src/exports/testing.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { boundedPipeline } from '../../src/streams/pipeline.js';

const items = Array.from({ length: 20 }, (_, item) => item);

test.each([1, 3])('holds no more than %i items when that is its bound', async (highWaterMark) => {
  const source = scriptedSource(items);
  let most = 0;
  let done = 0;
  const work = mapAsync(async (item: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, source.pulled - done);
    done += 1;
    return item;
  });
  expect(await lastValueFrom(boundedPipeline({ highWaterMark })(source, work))).toBe(19);
  expect(most).toBe(highWaterMark);
});

test('is guarded like a pipeline', async () => {
  const late = boundedPipeline({ highWaterMark: 2 })(scriptedSource(items), delay(1));
  await expect(lastValueFrom(late)).rejects.toMatchObject({ code: 'FLOW_OVERRUN' });
});
