// The chart view as text that reads well in a diff: `npx vitest run test/tui/chartView.test.ts -u` renews it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DashboardState, initialState, reduce } from '../../src/dashboard/state.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { frameDifference } from '../../src/tui/screen/frame.js';
import { type Capabilities, GLYPHS } from '../../src/tui/theme/capabilities.js';
import { createTheme, toneOfRun } from '../../src/tui/theme/theme.js';
import type { ViewContext } from '../../src/tui/viewContext.js';
import { initialViewState, type ViewState } from '../../src/tui/viewState.js';
import { type RecordedRunOptions, recordedRun } from '../fixtures/events.js';
import { fakeTerminal } from './fakeTerminal.js';

type Change = (event: MillraceEvent) => MillraceEvent;

function stateOf(options: RecordedRunOptions = {}, change: Change = (event) => event): DashboardState {
  const events = recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, ...options });
  return [...events].map(change).reduce(reduce, initialState);
}

const running = stateOf();
const withGap = stateOf({}, (event) =>
  event.type === 'loss' && event.step >= 430 && event.step < 460 ? { ...event, loss: Number.NaN } : event,
);
const slower = stateOf({ steps: 700 }, (event) => ({
  ...event,
  run: '20261122-090000-ef01',
  ...(event.type === 'loss' && { loss: event.loss * 1.6, learningRate: event.step < 400 ? 0.001 : 0.0005 }),
}));
const chosen = (changes: Partial<ViewState> = {}): ViewContext => ({
  viewState: { ...initialViewState, view: 'chart', ...changes },
});
const plain: Capabilities = { color: 0, glyphs: 'ascii' };

interface Shot {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly state?: DashboardState;
  readonly looks?: Capabilities;
  readonly view?: ViewContext;
}

const shots: Shot[] = [
  { name: '120x40', columns: 120, rows: 40 },
  { name: '80x24', columns: 80, rows: 24 },
  { name: '40x12', columns: 40, rows: 12 },
  { name: '20x6', columns: 20, rows: 6 },
  { name: '80x24-ascii', columns: 80, rows: 24, looks: plain, view: chosen({ cursor: 500 }) },
  { name: '80x24-block', columns: 80, rows: 24, looks: { color: 3, glyphs: 'block' } },
  { name: '120x40-cursor', columns: 120, rows: 40, view: chosen({ cursor: 500 }) },
  { name: '80x24-gap', columns: 80, rows: 24, state: withGap, view: chosen({ cursor: 440 }) },
  { name: '80x24-linear', columns: 80, rows: 24, view: chosen({ scale: 'linear', window: 'recent' }) },
  { name: '80x24-zoomed', columns: 80, rows: 24, view: chosen({ cursor: 500, window: { from: 450, to: 560 } }) },
  {
    name: '80x24-compared',
    columns: 80,
    rows: 24,
    view: {
      ...chosen({ cursor: 600 }),
      comparison: { name: '20261122-090000-ef01', curves: [{ epochs: [], history: slower.history }] },
    },
  },
  { name: '120x40-overview', columns: 120, rows: 40, view: chosen({ view: 'overview', cursor: 500, scale: 'linear' }) },
  { name: '80x24-log-steps', columns: 80, rows: 24, view: chosen({ steps: 'log' }) },
  { name: '80x24-rate', columns: 80, rows: 24, state: slower },
  { name: '120x40-dense', columns: 120, rows: 40, state: stateOf({ epochs: 100, stepsPerEpoch: 10, steps: 1000 }) },
  {
    name: '80x24-two-runs',
    columns: 80,
    rows: 24,
    view: { ...chosen({ cursor: 500 }), runs: [slower, running], runNames: ['slow', 'quick'] },
  },
];

test.each(shots)('the chart view $name', async ({ name, columns, rows, state = running, looks, view = chosen() }) => {
  const terminal = fakeTerminal(columns, rows);
  const theme = createTheme(looks ?? { color: 3, glyphs: 'braille' });
  terminal.write(frameDifference(undefined, drawDashboard(state, terminal, view, theme)));
  const screen = await terminal.screen();
  expect(screen.at(-1)).toBe('');
  await expect(`${screen.join('\n')}\n`).toMatchFileSnapshot(`screens/chart-${name}.txt`);
});

test('at any size, window, cursor and scale nothing leaves the screen', () => {
  const step = fc.integer({ min: 0, max: 2000 });
  const window = fc.oneof(
    fc.constantFrom('all' as const, 'recent' as const),
    fc.tuple(fc.integer({ min: 1, max: 900 }), step).map(([from, span]) => ({ from, to: from + span })),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 130 }),
      fc.integer({ min: 6, max: 45 }),
      window,
      fc.option(step, { nil: undefined }),
      fc.constantFrom('log' as const, 'linear' as const),
      fc.constantFrom('log' as const, 'linear' as const),
      fc.constantFrom(...GLYPHS),
      fc.constantFrom([running], [withGap], [slower, running]),
      (columns, rows, shown, cursor, scale, steps, glyphs, runs) => {
        const view = { ...chosen({ window: shown, cursor, scale, steps }), runs };
        const theme = createTheme({ color: 0, glyphs });
        for (const patch of drawDashboard(runs[0]!, { columns, rows }, view, theme)) {
          expect(patch.row).toBeLessThan(rows - 1);
          expect(patch.column + patch.text.length).toBeLessThanOrEqual(columns);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('in ASCII and without colour, nothing else is written', () => {
  for (const view of [chosen({ cursor: 500 }), { ...chosen(), runs: [slower, running] }]) {
    const texts = drawDashboard(slower, { columns: 120, rows: 40 }, view, createTheme(plain)).map(({ text }) => text);
    expect(texts.join('')).toMatch(/^[ -~]*$/);
  }
});

test('a run keeps its colour by its place, whichever is looked at', () => {
  const theme = createTheme({ color: 3, glyphs: 'braille' });
  const painted = (state: DashboardState): string =>
    drawDashboard(state, { columns: 120, rows: 40 }, { ...chosen(), runs: [slower, running] }, theme)
      .map(({ text }) => text)
      .join('\n');
  const names = [slower, running].map(
    ({ run }, place) => `${theme.paint(toneOfRun(place), '━')}${theme.paint('label', ` ${run!.run}`)}`,
  );
  for (const name of names) for (const state of [slower, running]) expect(painted(state)).toContain(name);
});
