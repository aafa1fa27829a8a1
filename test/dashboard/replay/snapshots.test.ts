import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginning } from '../../../src/dashboard/replay/replayState.js';
import { cutSnapshots, lastSnapshot, snapshotsFrom, withSnapshot } from '../../../src/dashboard/replay/snapshots.js';

const filled = (steps: readonly number[]) => {
  let offset = 0;
  return steps.reduce((snapshots, step) => {
    offset += step;
    return withSnapshot(snapshots, { ...beginning, offset });
  }, snapshotsFrom(beginning));
};

test('a recording of any length leaves at most 128 places, the beginning among them, none far from the next', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 100_000 }), { maxLength: 3000 }), (steps) => {
      const { positions, spacing } = filled(steps);
      const end = steps.reduce((sum, step) => sum + step, 0);
      expect(positions.length).toBeLessThanOrEqual(128);
      expect(positions[0]).toBe(beginning);
      for (const [index, { offset }] of positions.entries()) {
        const next = positions[index + 1]?.offset ?? end;
        expect(next - offset).toBeGreaterThanOrEqual(0);
        // Two neighbours that were thinned out lie at most a spacing and a line of either further.
        expect(next - offset).toBeLessThan(2 * spacing + 200_000);
      }
    }),
    { numRuns: 30 },
  );
});

test('the last place that satisfies is taken, the beginning where none does', () => {
  const snapshots = filled(Array.from({ length: 50 }, () => 70_000));
  expect(lastSnapshot(snapshots, ({ offset }) => offset <= 150_000).offset).toBe(140_000);
  expect(lastSnapshot(snapshots, () => false)).toBe(beginning);
});

test('places behind a cut are forgotten', () => {
  const { positions } = cutSnapshots(filled(Array.from({ length: 50 }, () => 70_000)), 150_000);
  expect(positions.map(({ offset }) => offset)).toEqual([0, 70_000, 140_000]);
});
