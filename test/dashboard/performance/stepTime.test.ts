import { expect, test } from 'vitest';
import { millisecondsAStep, type Pace, paceAt, paceFrom } from '../../../src/dashboard/performance/stepTime.js';

/** Readings a second apart, with so many steps between them. */
function readings(steps: readonly number[]): (number | undefined)[] {
  let pace: Pace = paceFrom(0, 0);
  let step = 0;
  return steps.map((more, second) => {
    step += more;
    pace = paceAt(pace, step, (second + 1) * 1000);
    return millisecondsAStep(pace);
  });
}

test('is right from the first second on where the speed is constant', () => {
  for (const each of readings(Array(200).fill(50))) expect(each).toBeCloseTo(20, 9);
});

test('does not jump when the speed goes up and down by a factor of two', () => {
  const each = readings(Array.from({ length: 300 }, (_, second) => (second % 2 === 0 ? 50 : 100))).slice(10);
  const jumps = each.slice(1).map((after, place) => Math.abs(after! / each[place]! - 1));
  expect(Math.max(...jumps)).toBeLessThan(0.05);
  for (const value of each) expect(Math.abs(value! / (1000 / 75) - 1)).toBeLessThan(0.1);
});

test('a single stop of two seconds moves it by less than a tenth', () => {
  const each = readings([...Array(60).fill(50), 0, 0, 50]);
  expect(each.at(-1)! / 20).toBeLessThan(1.1);
});

test('follows a lasting change within two minutes', () => {
  const each = readings([...Array(120).fill(100), ...Array(120).fill(50)]);
  expect(each[119]).toBeCloseTo(10, 6);
  expect(Math.abs(each.at(-1)! / 20 - 1)).toBeLessThan(0.02);
});

test('is not known in the first second, nor right after a step back', () => {
  const pace = paceAt(paceFrom(0, 0), 20, 900);
  expect(millisecondsAStep(pace)).toBeUndefined();
  expect(paceAt(paceAt(pace, 100, 5000), 50, 6000)).toEqual(paceFrom(50, 6000));
});
