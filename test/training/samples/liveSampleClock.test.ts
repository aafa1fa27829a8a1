import { expect, test } from 'vitest';
import { LiveSampleClock } from '../../../src/training/samples/liveSampleClock.js';

test.each([
  ['cheap ones twice a second', 5, 500],
  ['dear ones as often as a fiftieth of the time allows', 40, 2000],
])('%s', (_, cost, until) => {
  let time = 0;
  const clock = new LiveSampleClock(() => time);
  expect(clock.isDue).toBe(false);
  time = 500;
  expect(clock.isDue).toBe(true);
  clock.take(() => {
    time += cost;
  });
  const end = time;
  time = end + until - 1;
  expect(clock.isDue).toBe(false);
  time = end + until;
  expect(clock.isDue).toBe(true);
});
