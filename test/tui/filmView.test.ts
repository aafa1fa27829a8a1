import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DashboardState, initialState, reduce } from '../../src/dashboard/state.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import type { Frame } from '../../src/tui/screen/frame.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import type { ViewContext } from '../../src/tui/viewContext.js';
import { initialViewState, type ViewState } from '../../src/tui/viewState.js';
import { filmLayout } from '../../src/tui/views/filmLayout.js';
import { recordedRun } from '../fixtures/events.js';

const theme = createTheme({ color: 3, glyphs: 'braille' });
const state = [...recordedRun({ epochs: 3, stepsPerEpoch: 300, steps: 1000, end: undefined })].reduce(
  reduce,
  initialState,
);
const film = (look: Partial<ViewState>): ViewContext => ({ viewState: { ...initialViewState, view: 'film', ...look } });
const drawn = (run: DashboardState, look: Partial<ViewState>, columns = 120, rows = 40): Frame =>
  drawDashboard(run, { columns, rows }, film(look), theme);
const textOf = (frame: Frame): string => frame.map(({ text }) => stripVTControlCharacters(text)).join('\n');

test('at any size everything stands on the screen, and nothing over anything else', () => {
  const size = fc.record({ columns: fc.integer({ min: 20, max: 220 }), rows: fc.integer({ min: 6, max: 70 }) });
  const look = fc.record({
    pinned: fc.boolean(),
    cursor: fc.option(fc.integer({ min: 0, max: 1200 }), { nil: undefined }),
    digit: fc.integer({ min: 0, max: 12 }),
    playing: fc.boolean(),
    view: fc.constantFrom('film' as const, 'overview' as const),
  });
  fc.assert(
    fc.property(size, look, ({ columns, rows }, chosen) => {
      const cells = drawn(state, chosen, columns, rows).flatMap((patch) =>
        Array.from({ length: patch.columns }, (_, place) => ({ row: patch.row, column: patch.column + place })),
      );
      expect(cells.filter(({ row, column }) => row >= rows - 1 || column >= columns)).toEqual([]);
      expect(new Set(cells.map(({ row, column }) => row * columns + column)).size).toBe(cells.length);
    }),
    { numRuns: 60 },
  );
});

test('as the terminal gets lower, the loss curve leaves first, then the signed error, then the frame of the digits, then they', () => {
  const seen = Array.from({ length: 45 }, (_, index) => 50 - index).map((rows) => {
    const { digits, curve } = filmLayout(state, film({}), { columns: 120, rows });
    return [curve > 0 && 'curve', digits?.error && 'error', digits?.framed && 'frame', digits && 'digits']
      .filter(Boolean)
      .join(' ');
  });
  expect([...new Set(seen)]).toEqual(['curve error frame digits', 'error frame digits', 'frame digits', 'digits', '']);
});

test('pictures follow the cursor, and the title says which sample it is', () => {
  expect(textOf(drawn(state, { cursor: 120 }))).toContain('sample 3 of 21 · after step 100');
  expect(textOf(drawn(state, { cursor: 0 }))).toContain('sample 1 of 21 · before training');
  const overview = drawDashboard(
    state,
    { columns: 120, rows: 40 },
    { viewState: { ...initialViewState, cursor: 120 } },
    theme,
  );
  expect(textOf(overview)).toContain('sample 3 of 21 · after step 100');
});

test('says whether it plays, stands or follows the run', () => {
  expect(textOf(drawn(state, { cursor: 120, playing: true }))).toContain('▶ playing');
  expect(textOf(drawn(state, { cursor: 120 }))).toContain('‖ at step 100');
  expect(textOf(drawn(state, {}))).toContain('● newest');
});

test('the chosen digit is among those that are shown', () => {
  expect(textOf(drawn(state, { digit: 9 }, 80, 24))).toMatch(/▸ 0\.01\d+ *$/m);
});

test('a pinned digit shows its label, its latent and the filters', () => {
  const text = textOf(drawn(state, { pinned: true, digit: 2 }));
  expect(text).toContain('test digit 3 of 10: 4');
  expect(text).toContain('latent 7×7×4');
  expect(text).toContain('filters of encoder.0 3×3');
});

test('before the first sample it says so', () => {
  const begun = [...recordedRun()].slice(0, 1).reduce(reduce, initialState);
  expect(textOf(drawn(begun, {}))).toContain('no sample so far');
  expect(textOf(drawn(begun, { pinned: true }))).toContain('no sample so far');
});

test('an image of one row still has a film', () => {
  const flat = [...recordedRun()].map((event) => {
    if (event.type !== 'sample') return event;
    const items = event.items.map((item) => ({ ...item, input: 'AAAA', reconstruction: '////' }));
    return { ...event, shape: [1, 3, 1] as [number, number, number], items };
  });
  const run = flat.reduce(reduce, initialState);
  expect(textOf(drawn(run, {}))).toContain('● newest');
  expect(textOf(drawn(run, { pinned: true }))).toContain('● newest');
});
