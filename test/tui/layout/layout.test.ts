import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsRows } from '../../../src/tui/layout/digitsLayout.js';
import { type Content, type Layout, layOut } from '../../../src/tui/layout/layout.js';

const mnist: Content = { begun: true, sample: { shape: [28, 28, 1], count: 10, labelled: true } };

const heightOf = ({ message, chart, strip, digits, epochs, space }: Layout): number =>
  2 +
  Number(message) +
  (chart?.rows ?? 0) +
  strip +
  (digits === undefined ? 0 : digitsRows(digits)) +
  (epochs === undefined ? 0 : 5) +
  space.digits +
  space.epochs +
  space.keys;

const panelsOf = ({ chart, side, digits, epochs }: Layout): string[] =>
  Object.entries({ error: digits?.error || undefined, epochs, progress: side?.progress || undefined, chart, digits })
    .filter(([, panel]) => panel !== undefined)
    .map(([name]) => name);

test('panels leave whole and in order as the terminal gets lower', () => {
  const seen = Array.from({ length: 45 }, (_, index) => 50 - index).map((rows) =>
    panelsOf(layOut({ columns: 120, rows }, mnist)!).join(' '),
  );
  expect([...new Set(seen)]).toEqual([
    'error epochs progress chart digits',
    'epochs progress chart digits',
    'progress chart digits',
    'chart digits',
    'digits',
    'chart',
    '',
  ]);
});

test('every layout fills one row less than the terminal, and nothing is wider than it', () => {
  const size = fc.record({ columns: fc.integer({ min: 20, max: 300 }), rows: fc.integer({ min: 6, max: 120 }) });
  const side = fc.integer({ min: 1, max: 300 });
  const content = fc.record({
    begun: fc.boolean(),
    metrics: fc.nat(20),
    sample: fc.option(
      fc.record({
        shape: fc.tuple(side, side, fc.constantFrom(1, 3)),
        count: fc.integer({ min: 1, max: 10 }),
        labelled: fc.boolean(),
      }),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(size, content, (terminal, what) => {
      const layout = layOut(terminal, what)!;
      const { digits, chart, side: beside } = layout;
      expect(heightOf(layout)).toBe(terminal.rows - 1);
      if (digits !== undefined)
        expect(
          digits.labelColumns + digits.count * (digits.tile.columns + digits.gap) - digits.gap,
        ).toBeLessThanOrEqual(terminal.columns);
      if (chart !== undefined) expect(chart.columns + (beside?.columns ?? 0)).toBeLessThanOrEqual(terminal.columns);
      if (beside !== undefined) expect(beside.values + 1 + (beside.progress ? 6 : 0)).toBeLessThanOrEqual(chart!.rows);
    }),
  );
});

test('at least five pairs of digits stand on 80 columns and more', () => {
  for (const columns of [80, 100, 120, 200])
    expect(layOut({ columns, rows: 40 }, mnist)?.digits?.count).toBeGreaterThanOrEqual(5);
});

test('a large terminal shows the digits pixel for pixel', () => {
  expect(layOut({ columns: 200, rows: 60 }, mnist)?.digits?.tile).toEqual({ columns: 28, rows: 14 });
});

test('a terminal below 20 × 6 has no layout', () => {
  expect(layOut({ columns: 19, rows: 40 }, mnist)).toBeUndefined();
  expect(layOut({ columns: 120, rows: 5 }, mnist)).toBeUndefined();
});
