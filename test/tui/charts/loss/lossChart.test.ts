import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addLosses, emptyHistory, type LossHistory } from '../../../../src/dashboard/history/lossHistory.js';
import { drawLossChart } from '../../../../src/tui/charts/loss/lossChart.js';
import type { LossChart } from '../../../../src/tui/charts/loss/lossChartModel.js';
import { drawSparkline } from '../../../../src/tui/charts/sparkline.js';
import { GLYPHS } from '../../../../src/tui/theme/capabilities.js';
import type { Tone } from '../../../../src/tui/theme/palette.js';
import { type Span, toneOfRun, widthOf } from '../../../../src/tui/theme/theme.js';

const textOf = (rows: Span[][]): string[] => rows.map((row) => row.map(([, text]) => text).join(''));

function historyOf(losses: readonly number[]): LossHistory {
  return losses.reduce((history, loss, index) => addLosses(history, [{ step: index + 1, loss }]), emptyHistory);
}

/** What stands in one tone; the rest of each row is left free. */
const inTone = (rows: Span[][], wanted: Tone): string[] =>
  rows.map((row) =>
    row.map(([tone, text]) => (tone === wanted ? text.replace(/⠀/g, ' ') : ' '.repeat(text.length))).join(''),
  );

function chartOf(losses: readonly number[], changes: Partial<LossChart> = {}): LossChart {
  const history = historyOf(losses);
  return {
    runs: [{ name: 'this', history, tone: 'accent', ascii: '*' }],
    test: [],
    baseline: undefined,
    rates: [],
    stepsPerEpoch: undefined,
    steps: { from: 1, to: Math.max(1, history.lastStep) },
    scale: 'log',
    cursor: undefined,
    ...changes,
  };
}

const losses = fc.array(fc.double(), { maxLength: 40 });
const glyphs = fc.constantFrom(...GLYPHS);
const stepValues = fc.array(fc.record({ step: fc.integer({ min: 1, max: 60 }), value: fc.double() }), { maxLength: 5 });
const epochs = fc.array(fc.record({ epoch: fc.integer({ min: 1, max: 9 }), loss: fc.double() }), { maxLength: 3 });
const anyChart: fc.Arbitrary<LossChart> = fc
  .record({
    histories: fc.array(losses.map(historyOf), { minLength: 1, maxLength: 3 }),
    test: stepValues,
    rates: stepValues,
    baseline: fc.option(
      fc.record({
        name: fc.string(),
        epochs,
        history: fc.option(losses.map(historyOf), { nil: undefined }),
      }),
      { nil: undefined },
    ),
    stepsPerEpoch: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    from: fc.integer({ min: 1, max: 50 }),
    span: fc.integer({ min: 0, max: 1e6 }),
    scale: fc.constantFrom('log' as const, 'linear' as const),
    cursor: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  })
  .map(({ histories, from, span, ...rest }) => ({
    ...rest,
    runs: histories.map((history, place) => ({ name: `${place}`, history, tone: toneOfRun(place), ascii: '*' })),
    steps: { from, to: from + span },
  }));

test('any losses, window and comparison fill exactly the size that was asked for', () => {
  const columns = fc.integer({ min: 0, max: 90 });
  const rows = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(anyChart, columns, rows, glyphs, (chart, wide, high, shown) => {
      const drawn = drawLossChart(chart, { columns: wide, rows: high }, shown);
      expect(drawn.map(widthOf)).toEqual(Array(high).fill(wide));
    }),
    { numRuns: 300 },
  );
});

test('ASCII charts hold nothing beyond ASCII but the marks that the theme replaces', () => {
  const rows = drawLossChart(chartOf([1, 0.5, 0.1], { stepsPerEpoch: 3 }), { columns: 40, rows: 8 }, 'ascii');
  expect(textOf(rows).join('').replace(/[┤└┴]/g, '')).toMatch(/^[ -~]*$/);
});

const falling = Array.from({ length: 200 }, (_, step) => 10 ** (-step / 100));

test('a falling loss is drawn from the top left to the bottom right, on a logarithmic scale', () => {
  const rows = drawLossChart(chartOf(falling), { columns: 28, rows: 6 }, 'ascii');
  expect(textOf(rows)).toMatchInlineSnapshot(`
    [
      "  1.00 ┤****                ",
      "  0.30 ┤  ..*****           ",
      "  0.10 ┤       ..*****      ",
      "  0.03 ┤            ..******",
      "                         ...",
      "        └0       ┴100  steps",
    ]
  `);
});

test('on a linear scale equal distances are equal differences', () => {
  const rows = drawLossChart(chartOf(falling, { scale: 'linear' }), { columns: 28, rows: 6 }, 'ascii');
  expect(textOf(rows)).toMatchInlineSnapshot(`
    [
      "   1.0 ┤*                   ",
      "         **                 ",
      "   0.5 ┤  .***              ",
      "            ..*****         ",
      "                ...*********",
      "        └0       ┴100  steps",
    ]
  `);
});

test('a single spike among 100,000 losses is not lost', () => {
  const chart = chartOf(Array.from({ length: 100_000 }, (_, step) => (step === 51_234 ? 1 : 0.01)));
  const [top = ''] = inTone(drawLossChart(chart, { columns: 60, rows: 8 }, 'braille'), 'faint');
  expect(top.trim()).toHaveLength(1);
});

test('a window shows its own steps alone, at their own scale', () => {
  const chart = chartOf([...Array(50).fill(1), ...Array(50).fill(0.01)], { steps: { from: 60, to: 100 } });
  const labels = inTone(drawLossChart(chart, { columns: 50, rows: 8 }, 'braille'), 'label').join('\n');
  expect(labels).not.toContain('1.00');
  expect(labels).toMatch(/┴60 .*┴100|┴60 .*┴90/);
});

test('where the loss is not finite the line has a gap, and a mark says so at the bottom', () => {
  const values = Array.from({ length: 33 }, (_, index) => (index >= 15 && index < 18 ? Number.NaN : 0.5 + index / 100));
  const rows = drawLossChart(chartOf(values), { columns: 41, rows: 3 }, 'ascii');
  expect(inTone(rows, 'bad')).toEqual([' '.repeat(41), ' '.repeat(41), `${' '.repeat(8 + 15)}✗✗✗`.padEnd(41)]);
  expect(inTone(rows, 'accent').map((row) => row.slice(8 + 15, 8 + 18))).toEqual(['   ', '   ', '   ']);
  expect(inTone(rows, 'accent').join('').replace(/ /g, '')).toHaveLength(30);
});

test('losses that are never finite still have their marks', () => {
  const rows = drawLossChart(chartOf([Number.NaN, Number.POSITIVE_INFINITY]), { columns: 20, rows: 3 }, 'braille');
  expect(inTone(rows, 'bad')[2]?.trim()).toMatch(/^✗ +✗$/);
});

test('steps without a loss leave no gap', () => {
  const history = [1, 31, 61].reduce((grown, step) => addLosses(grown, [{ step, loss: 0.5 }]), emptyHistory);
  const chart = chartOf([], {
    runs: [{ name: 'this', history, tone: 'accent', ascii: '*' }],
    steps: { from: 1, to: 61 },
  });
  expect(inTone(drawLossChart(chart, { columns: 38, rows: 3 }, 'ascii'), 'accent').join('')).toMatch(/^ *\*{30} *$/);
});

test('the comparison stands behind the line, in grey: an epoch after the other, or step by step', () => {
  const constant = Array(100).fill(0.01);
  const byEpochs = { name: 'another', epochs: [{ epoch: 1, loss: 0.1 }], history: undefined };
  const bySteps = { name: 'another', epochs: [], history: historyOf(Array(50).fill(0.1)) };
  const columns = [byEpochs, bySteps].map((baseline) => {
    const rows = drawLossChart(chartOf(constant, { baseline, stepsPerEpoch: 50 }), { columns: 48, rows: 8 }, 'ascii');
    return inTone(rows, 'baseline').join('').trim().replace(/ /g, '').length;
  });
  expect(columns).toEqual([10, 20]);
});

test('losses on the test images are points on the same axis, joined by a line', () => {
  const points = [20, 60, 100].map((step) => ({ step, value: 0.1 }));
  const rows = drawLossChart(chartOf(Array(100).fill(0.01), { test: points }), { columns: 58, rows: 3 }, 'braille');
  const [row = ''] = inTone(rows, 'test');
  expect([...row].flatMap((character, column) => (character === '●' ? column - 8 : []))).toEqual([9, 29, 49]);
  expect(row.slice(8 + 9)).not.toContain(' ');
});

test('so many points that they would hide all lines become a line', () => {
  const points = Array.from({ length: 50 }, (_, index) => ({ step: 2 * index + 1, value: 0.1 }));
  const rows = drawLossChart(chartOf(Array(100).fill(0.01), { test: points }), { columns: 58, rows: 3 }, 'braille');
  expect(textOf(rows).join('')).not.toContain('●');
});

test('arrows along the top say where the learning rate went up or down', () => {
  const rates = [0.001, 0.002, 0.0005].map((value, index) => ({ step: 1 + 50 * index, value }));
  const [top = ''] = textOf(drawLossChart(chartOf(Array(101).fill(1), { rates }), { columns: 59, rows: 5 }, 'braille'));
  expect([top.indexOf('↑') - 8, top.indexOf('↓') - 8]).toEqual([25, 50]);
});

test('the cursor is a vertical line at its step, behind the curve', () => {
  const rows = drawLossChart(chartOf(Array(101).fill(1), { cursor: 51 }), { columns: 59, rows: 3 }, 'ascii');
  expect(inTone(rows, 'value').map((row) => row.indexOf('|') - 8)).toEqual([25, -9, 25]);
});

test('several runs are a line each in their own tones, without their extremes', () => {
  const runs = [1, 0.1, 0.01].map((loss, place) => ({
    name: `${place}`,
    history: historyOf([loss * 1.5, loss]),
    tone: toneOfRun(place),
    ascii: '*',
  }));
  const tones = drawLossChart(
    chartOf([], { runs, steps: { from: 1, to: 2 } }),
    { columns: 30, rows: 9 },
    'braille',
  ).flat();
  const drawn = new Set(tones.filter(([, text]) => /[⠁-⣿]/.test(text)).map(([tone]) => tone));
  expect([...drawn].sort()).toEqual(['accent', 'run2', 'run3']);
});

test('both axes have labels from four rows on, steps and epochs from twelve', () => {
  const chart = chartOf(falling, { stepsPerEpoch: 50 });
  const units = [3, 4, 12].map((rows) =>
    textOf(drawLossChart(chart, { columns: 60, rows }, 'braille')).flatMap((row) => row.match(/steps|epochs/g) ?? []),
  );
  expect(units).toEqual([[], ['epochs'], ['steps', 'epochs']]);
});

test('a sparkline has exactly its columns for any history', () => {
  fc.assert(
    fc.property(losses.map(historyOf), fc.integer({ min: -3, max: 90 }), glyphs, (history, columns, shown) => {
      expect(drawSparkline(history, columns, shown)).toHaveLength(Math.max(0, columns));
    }),
  );
});

test('a sparkline falls with the loss', () => {
  expect(drawSparkline(historyOf([8, 4, 2, 1]), 4, 'braille')).toMatch(/^█.*▁$/);
});
