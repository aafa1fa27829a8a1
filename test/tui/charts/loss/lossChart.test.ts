import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addLosses, emptyHistory, type LossHistory } from '../../../../src/dashboard/history/lossHistory.js';
import type { StepValue } from '../../../../src/dashboard/history/stepValues.js';
import { drawLossChart } from '../../../../src/tui/charts/loss/lossChart.js';
import type { ChartedRun, LossChart } from '../../../../src/tui/charts/loss/lossChartModel.js';
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

const runOf = (history: LossHistory, changes: Partial<ChartedRun> = {}): ChartedRun => ({
  ...{ name: 'this', history, test: [], tone: 'accent', testTone: 'test', ascii: '*', place: 0 },
  ...changes,
});

function chartOf(losses: readonly number[], changes: Partial<LossChart> = {}): LossChart {
  const history = historyOf(losses);
  return {
    runs: [runOf(history)],
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
        chosen: fc.boolean(),
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
  .map(({ histories, test, from, span, ...rest }) => ({
    ...rest,
    runs: histories.map((history, place) => runOf(history, { name: `${place}`, test, tone: toneOfRun(place), place })),
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
      "        ▲**.                ",
      "  0.30 ┤   *****            ",
      "  0.10 ┤        *****       ",
      "  0.03 ┤            .*******",
      "                         ...",
      "        └0       ┴100  steps",
    ]
  `);
});

test('on a linear scale equal distances are equal differences', () => {
  const rows = drawLossChart(chartOf(falling, { scale: 'linear' }), { columns: 28, rows: 6 }, 'ascii');
  expect(textOf(rows)).toMatchInlineSnapshot(`
    [
      "   0.8 ┤▲.                  ",
      "   0.6 ┤ **                 ",
      "   0.4 ┤   **               ",
      "   0.2 ┤     ****.          ",
      "                 ***********",
      "        └0       ┴100  steps",
    ]
  `);
});

test('a single spike among 100,000 losses is not lost', () => {
  const chart = chartOf(Array.from({ length: 100_000 }, (_, step) => (step === 51_234 ? 1 : 0.01)));
  const [top = ''] = inTone(drawLossChart(chart, { columns: 60, rows: 8 }, 'braille'), 'faint');
  expect(top.trim()).toHaveLength(1);
});

test('what a run begins with is a mark at the edge, and the height belongs to the rest', () => {
  const chart = chartOf([...Array(4).fill(10), ...Array(4996).fill(0.01)]);
  const rows = drawLossChart(chart, { columns: 60, rows: 8 }, 'braille');
  expect(inTone(rows, 'label').join('')).not.toMatch(/ 10| [1-9]\.0/);
  expect(rows[0]?.slice(1, 3).map(([tone, text]) => [tone, text.trim()])).toContainEqual(['accent', '▲▲']);
  const wide = drawLossChart(
    { ...chart, steps: { ...chart.steps, logarithmic: true } },
    { columns: 60, rows: 8 },
    'braille',
  );
  expect(textOf(wide).join('')).not.toContain('▲');
  expect(textOf(wide).at(-1)).toMatch(/┴1 .*┴10 .*┴100 /);
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
    runs: [runOf(history)],
    steps: { from: 1, to: 61 },
  });
  expect(inTone(drawLossChart(chart, { columns: 38, rows: 3 }, 'ascii'), 'accent').join('')).toMatch(/^ *\*{30} *$/);
});

test('the notebook stands behind the line, in grey, and what someone asked for on top, dashed', () => {
  const constant = Array(100).fill(0.01);
  const epochs = [1, 2].map((epoch) => ({ epoch, loss: 0.01 }));
  const notebook = { name: 'the notebook', chosen: false, epochs, history: undefined };
  const another = { name: 'another', chosen: true, epochs: [], history: historyOf(constant) };
  const cells = [notebook, another].map((baseline) => {
    const rows = drawLossChart(chartOf(constant, { baseline, stepsPerEpoch: 50 }), { columns: 48, rows: 8 }, 'ascii');
    return (['accent', 'baseline', 'comparison'] as const).map(
      (tone) => inTone(rows, tone).join('').replace(/ /g, '').length,
    );
  });
  expect(cells).toEqual([
    [40, 0, 0],
    [20, 0, 20],
  ]);
});

/** 100 losses of 0.01, and a test loss at some steps. */
const tested = (test: readonly StepValue[]): LossChart =>
  chartOf([], { runs: [runOf(historyOf(Array(100).fill(0.01)), { test })], steps: { from: 1, to: 100 } });

test('losses on the test images are points on the same axis, joined by a line', () => {
  const points = [20, 60, 100].map((step) => ({ step, value: 0.1 }));
  const rows = drawLossChart(tested(points), { columns: 58, rows: 3 }, 'braille');
  const [row = ''] = inTone(rows, 'test');
  expect([...row].flatMap((character, column) => (character === '●' ? column - 8 : []))).toEqual([9, 29, 49]);
  expect(row.slice(8 + 9)).not.toContain(' ');
});

test('points so many that they would hide their line are marked every few columns, over the training', () => {
  const points = Array.from({ length: 100 }, (_, index) => ({ step: index + 1, value: 0.01 }));
  const rows = drawLossChart(tested(points), { columns: 58, rows: 3 }, 'braille');
  const row = inTone(rows, 'test').find((text) => text.includes('●')) ?? '';
  const marks = [...row].flatMap((character, column) => (character === '●' ? [column] : []));
  expect([marks.at(-1), marks.length]).toEqual([57, 9]);
  expect(Math.min(...marks.slice(1).map((mark, index) => mark - marks[index]!))).toBe(6);
  expect(row.slice(8)).not.toContain(' ');
});

test('a wide chart says at the right end what the curves are, and their last values, one below the other', () => {
  const chart = tested([{ step: 100, value: 0.009 }]);
  const baseline = { name: 'the notebook', chosen: false, epochs: [{ epoch: 1, loss: 0.1 }], history: undefined };
  const rows = textOf(drawLossChart({ ...chart, baseline, stepsPerEpoch: 100 }, { columns: 110, rows: 8 }, 'braille'));
  expect(rows.map((row) => row.slice(-19).trim()).filter((text) => text !== '')).toEqual([
    'notebook  0.10000',
    'train     0.01000',
    'test      0.00900',
  ]);
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
  const runs = [1, 0.1, 0.01].map((loss, place) =>
    runOf(historyOf([loss * 1.5, loss]), { tone: toneOfRun(place), testTone: toneOfRun(place), place }),
  );
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
