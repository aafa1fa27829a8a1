import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutChart } from '../../../src/tui/views/chartLayout.js';

const sample = { shape: [28, 28, 1], count: 10 } as const;

test('chart, values and digits fill exactly the room there is, at any size', () => {
  const side = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(side, side, side, side, fc.integer({ min: 1, max: 9 }), (columns, rows, height, width, wanted) => {
      const { chart, readings, digits } = layOutChart(
        { columns, rows },
        { shape: [height, width, 1], count: 10 },
        wanted,
      );
      const digitsRows = digits === undefined ? 0 : 2 * digits.tile.rows + 2;
      expect(chart.rows + readings + digitsRows).toBe(rows);
      expect(chart.rows).toBeGreaterThanOrEqual(Math.floor((rows - readings) / 2));
      expect(digits === undefined || digits.count * (digits.tile.columns + digits.gap) + 4 <= columns).toBe(true);
    }),
  );
});

test('as the room shrinks first the digits leave, then all rows of values but one, then that one', () => {
  const shown = [37, 21, 19, 11, 3].map((rows) => {
    const { readings, digits } = layOutChart({ columns: 80, rows }, sample, 2);
    return [digits?.tile.rows ?? 0, readings];
  });
  expect(shown).toEqual([
    [7, 2],
    [4, 2],
    [0, 2],
    [0, 1],
    [0, 0],
  ]);
});
