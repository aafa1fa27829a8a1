import { expect, test } from 'vitest';
import { RunClock } from '../../src/events/runClock.js';

test('a clock counts from where it was made and stands still during pauses', () => {
  let now = 1000;
  const clock = new RunClock(() => now);
  now = 1010;
  expect(clock.read()).toBe(10);
  clock.stop();
  now = 1050;
  clock.stop();
  expect(clock.read()).toBe(10);
  clock.start();
  clock.start();
  now = 1055;
  expect(clock.read()).toBe(15);
});
