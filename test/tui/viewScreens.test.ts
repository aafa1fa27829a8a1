// The views of lists, the help, and what the first and the last line say, as text that reads well in a diff.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noAlerts } from '../../src/dashboard/diagnosis/alerts.js';
import { initialState, reduce } from '../../src/dashboard/state.js';
import { isKnown, type ViewEvent } from '../../src/events/packedEvents.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { frameDifference } from '../../src/tui/screen/frame.js';
import type { Size } from '../../src/tui/screen/size.js';
import type { Capabilities } from '../../src/tui/theme/capabilities.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import type { ViewContext } from '../../src/tui/viewContext.js';
import { initialViewState, VIEWS } from '../../src/tui/viewState.js';
import { recordedRun } from '../fixtures/events.js';
import { keptRun } from '../fixtures/runs.js';
import { taggedRun } from '../fixtures/taggedRun.js';
import { fakeTerminal } from './fakeTerminal.js';

// The log has the time of day of whoever looks.
process.env.TZ = 'UTC';

const looks: Capabilities = { color: 3, glyphs: 'braille' };
const plain: Capabilities = { color: 0, glyphs: 'ascii' };
const isQuiet = ({ type }: MillraceEvent): boolean => type !== 'warning';
const running = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, detailed: true })].filter(
  isQuiet,
);
const completed = [...recordedRun({ epochs: 4, stepsPerEpoch: 300, detailed: true })].filter(isQuiet);
const failed: MillraceEvent[] = [
  ...running,
  {
    ...running.at(-1)!,
    type: 'end',
    status: 'failed',
    error: { code: 'SINK_FAILED', message: 'runs/20261123-120000-abcd/events.ndjson: no space left on the device' },
    steps: 1000,
    durationMs: 20_000,
  },
];
const saved: MillraceEvent = {
  ...running.at(-1)!,
  type: 'checkpoint',
  path: 'step-00001000.safetensors',
  requested: true,
  bytes: 15_432,
  durationMs: 3,
  best: false,
};

/** Damaged batches, and no test data. */
const ailing = keptRun('spikes')
  .filter(({ type }) => type !== 'end')
  .map((event): ViewEvent => (isKnown(event) && event.type === 'epoch' ? { ...event, testLoss: undefined } : event));

interface Shot extends Size {
  readonly name: string;
  readonly view?: ViewContext;
  readonly events?: readonly ViewEvent[];
  readonly looks?: Capabilities;
}

const SIZES = ['240x67', '120x40', '80x24', '40x12', '20x6'] as const;
const sizeOf = (name: string): Size => {
  const [columns = 0, rows = 0] = name.split('x').map(Number);
  return { columns, rows };
};
const views: readonly [string, ViewContext][] = [
  ['help', { viewState: { ...initialViewState, help: true } }],
  ...(['network', 'stages', 'log'] as const).map((view): [string, ViewContext] => [
    view,
    { viewState: { ...initialViewState, view } },
  ]),
];
const listed: ViewContext = { viewState: { ...initialViewState, alerts: true } };
const asking: ViewContext = { viewState: { ...initialViewState, question: 'abandon' } };

const shots: Shot[] = [
  ...views.flatMap(([name, view]) => SIZES.map((size) => ({ name: `${size}-${name}`, ...sizeOf(size), view }))),
  ...views.map(([name, view]) => ({ name: `80x24-${name}-ascii`, ...sizeOf('80x24'), view, looks: plain })),
  ...SIZES.map((size) => ({ name: `${size}-completed`, ...sizeOf(size), events: completed })),
  { name: '200x60-completed', ...sizeOf('200x60'), events: completed },
  {
    name: '120x40-ended',
    ...sizeOf('120x40'),
    events: completed,
    view: { viewState: { ...initialViewState, result: false } },
  },
  { name: '120x40-failed', ...sizeOf('120x40'), events: failed },
  { name: '80x24-failed', ...sizeOf('80x24'), events: failed },
  { name: '80x24-question', ...sizeOf('80x24'), view: asking },
  { name: '80x24-saving', ...sizeOf('80x24'), view: { pending: [{ type: 'command', action: 'save' }] } },
  { name: '80x24-saved', ...sizeOf('80x24'), events: [...running, saved] },
  ...SIZES.flatMap((size) => [
    { name: `${size}-alert`, ...sizeOf(size), events: ailing },
    { name: `${size}-alerts`, ...sizeOf(size), events: ailing, view: listed },
  ]),
  { name: '80x24-watching', ...sizeOf('80x24'), view: { watching: true } },
];

test.each(shots)('the screen $name', async ({ name, columns, rows, view = {}, events = running, ...shot }) => {
  const terminal = fakeTerminal(columns, rows);
  const theme = createTheme(shot.looks ?? looks);
  terminal.write(frameDifference(undefined, drawDashboard(events.reduce(reduce, initialState), terminal, view, theme)));
  const screen = await terminal.screen();
  expect(screen.at(-1)).toBe('');
  await expect(`${screen.join('\n')}\n`).toMatchFileSnapshot(`screens/${name}.txt`);
});

test('no view leaves its screen, at any size', () => {
  const states = [
    running,
    completed,
    failed,
    ailing,
    [...taggedRun({ tags: 40 })],
    [...recordedRun({ epochs: 1 })],
  ].map((events) => (events as readonly ViewEvent[]).reduce(reduce, initialState));
  const choice = fc.record({
    state: fc.constantFrom(...states),
    view: fc.constantFrom(...VIEWS),
    help: fc.boolean(),
    alerts: fc.boolean(),
    full: fc.boolean(),
    question: fc.constantFrom('abandon' as const, undefined),
    scroll: fc.nat(500),
    columns: fc.integer({ min: 1, max: 150 }),
    rows: fc.integer({ min: 1, max: 45 }),
  });
  fc.assert(
    fc.property(choice, ({ state, columns, rows, ...chosen }) => {
      const view = { cost: 0.01, viewState: { ...initialViewState, ...chosen } };
      for (const patch of drawDashboard(state, { columns, rows }, view, createTheme(plain))) {
        expect(patch.row).toBeLessThan(Math.max(1, rows));
        expect(patch.column + patch.text.length).toBeLessThanOrEqual(columns);
        expect(patch.text).toMatch(/^[ -~]*$/);
      }
    }),
    { numRuns: 150 },
  );
});

test.each(VIEWS)('alerts that come and go move nothing in the %s', (name) => {
  const state = ailing.reduce(reduce, initialState);
  const view = { viewState: { ...initialViewState, view: name } };
  for (const size of ['240x67', '120x40', '80x24'].map(sizeOf)) {
    const [ill, well] = [state, { ...state, alerts: noAlerts }].map((shown) =>
      drawDashboard(shown, size, view, createTheme(plain)),
    );
    const differing = ill!.filter(({ text }, place) => text !== well![place]?.text);
    expect(differing.map(({ row }) => row)).toEqual([1]);
    expect(ill!.map(({ row, column, columns }) => [row, column, columns])).toEqual(
      well!.map(({ row, column, columns }) => [row, column, columns]),
    );
  }
});

test('what is news gives its place back to the keys', () => {
  const state = [...running, saved].reduce(reduce, initialState);
  const bottom = (elapsedMs: number): string =>
    drawDashboard({ ...state, elapsedMs }, { columns: 80, rows: 24 }, {}, createTheme(plain))
      .filter(({ row }) => row === 22)
      .map(({ text }) => text)
      .join('');
  expect(bottom(saved.elapsedMs + 1000)).toContain('saved step-00001000.safetensors');
  expect(bottom(saved.elapsedMs + 6000)).toContain('q finish');
});

test('a command that makes no sense says so for some seconds, not forever', () => {
  const warning = { type: 'warning', code: 'COMMAND', message: 'The command save has no effect: no folder.' } as const;
  const state = [...running, { ...running.at(-1)!, ...warning }].reduce(reduce, initialState);
  const text = (elapsedMs: number): string =>
    drawDashboard({ ...state, elapsedMs }, { columns: 80, rows: 24 }, {}, createTheme(plain))
      .map((patch) => patch.text)
      .join('');
  expect(text(state.elapsedMs)).toContain('no effect');
  expect(text(state.elapsedMs + 6000)).not.toContain('no effect');
});
