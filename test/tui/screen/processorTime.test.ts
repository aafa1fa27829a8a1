import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { processorTime } from '../../../src/tui/screen/processorTime.js';

test.skipIf(!existsSync('/proc/thread-self/schedstat'))(
  'counts what this thread computes and not what it waits (Linux)',
  async () => {
    const time = processorTime(() => Number.NaN);
    const begun = time.read();
    while (time.read() - begun < 2);
    const computed = time.read();
    await pause(30);
    expect(time.read() - computed).toBeLessThan(20);
    time.close();
  },
);

test('is the clock on the wall once it is closed', () => {
  const time = processorTime(() => 42);
  time.close();
  time.close();
  expect(time.read()).toBe(42);
});
