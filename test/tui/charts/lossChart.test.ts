import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawLossChart } from '../../../src/tui/charts/lossChart.js';
import { drawSparkline } from '../../../src/tui/charts/sparkline.js';
import { addLoss, emptyHistory, type LossHistory } from '../../../src/tui/lossHistory.js';
import type { Span } from '../../../src/tui/theme.js';

const textOf = (rows: Span[][]): string[] => rows.map((row) => row.map(([, text]) => text).join(''));

function historyOf(losses: readonly number[]): LossHistory {
  return losses.reduce((history, loss, index) => addLoss(history, index + 1, loss), emptyHistory);
}

const anyHistory = fc.array(fc.double(), { maxLength: 40 }).map(historyOf);
const anyGlyphs = fc.constantFrom('braille' as const, 'ascii' as const);
const anyGhost = fc.array(fc.record({ epoch: fc.integer({ min: 1, max: 9 }), loss: fc.double() }), { maxLength: 3 });
const anyStepsPerEpoch = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });

test('any history fills exactly the size that was asked for', () => {
  const columns = fc.integer({ min: 0, max: 90 });
  const rows = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      anyHistory,
      anyGhost,
      anyStepsPerEpoch,
      columns,
      rows,
      anyGlyphs,
      (history, ghost, steps, wide, high, glyphs) => {
        const chart = drawLossChart({ history, ghost, stepsPerEpoch: steps }, { columns: wide, rows: high }, glyphs);
        expect(textOf(chart).map((row) => row.length)).toEqual(Array(high).fill(wide));
      },
    ),
  );
});

test('ASCII charts hold nothing beyond ASCII but the marks that the theme replaces', () => {
  const rows = drawLossChart(
    { history: historyOf([1, 0.5, 0.1]), ghost: [], stepsPerEpoch: 3 },
    { columns: 40, rows: 8 },
    'ascii',
  );
  expect(textOf(rows).join('').replace(/[┤└┴]/g, '')).toMatch(/^[ -~]*$/);
});

test('a falling loss is drawn from the top left to the bottom right, on a logarithmic scale', () => {
  const history = historyOf(Array.from({ length: 200 }, (_, step) => 10 ** (-step / 100)));
  const rows = drawLossChart({ history, ghost: [], stepsPerEpoch: undefined }, { columns: 27, rows: 6 }, 'ascii');
  expect(textOf(rows)).toMatchInlineSnapshot(`
    [
      " 1.00 ┤****                ",
      " 0.30 ┤  ..*****           ",
      " 0.10 ┤       ..*****      ",
      " 0.03 ┤            ..******",
      "                        ...",
      "       └0       ┴100  steps",
    ]
  `);
});

test('a single spike among many losses is not lost', () => {
  const losses = Array.from({ length: 5000 }, (_, step) => (step === 2500 ? 1 : 0.01));
  const chart = { history: historyOf(losses), ghost: [], stepsPerEpoch: undefined };
  const [top = []] = drawLossChart(chart, { columns: 60, rows: 8 }, 'braille');
  expect(top.some(([tone, text]) => tone === 'faint' && /[^ ⠀]/.test(text))).toBe(true);
});

test('the notebook stands behind the line, in grey', () => {
  const history = historyOf(Array.from({ length: 100 }, () => 0.01));
  const chart = drawLossChart(
    { history, ghost: [{ epoch: 1, loss: 0.1 }], stepsPerEpoch: 50 },
    { columns: 47, rows: 8 },
    'ascii',
  );
  const ghost = textOf(chart.map((row) => row.filter(([tone]) => tone === 'ghost')));
  expect(ghost.join('').length).toBe(10);
});

test('a sparkline has exactly its columns for any history', () => {
  fc.assert(
    fc.property(anyHistory, fc.integer({ min: -3, max: 90 }), anyGlyphs, (history, columns, glyphs) => {
      expect(drawSparkline(history, columns, glyphs)).toHaveLength(Math.max(0, columns));
    }),
  );
});

test('a sparkline falls with the loss', () => {
  expect(drawSparkline(historyOf([8, 4, 2, 1]), 4, 'braille')).toMatch(/^█.*▁$/);
});
