// What the dashboard looks like, as text that reads well in a diff: `npx vitest run test/tui/screens.test.ts -u` renews it.
import { expect, test } from 'vitest';
import { initialState, reduce } from '../../src/dashboard/state.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { frameDifference } from '../../src/tui/screen/frame.js';
import type { Capabilities } from '../../src/tui/theme/capabilities.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import type { ViewContext } from '../../src/tui/viewContext.js';
import { initialViewState, type ViewState } from '../../src/tui/viewState.js';
import { recordedRun } from '../fixtures/events.js';
import { fakeTerminal } from './fakeTerminal.js';

interface Shot {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly events?: Iterable<MillraceEvent>;
  readonly looks?: Capabilities;
  readonly view?: ViewContext;
}

const running = (): Iterable<MillraceEvent> =>
  recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined });
const onSample = (): Iterable<MillraceEvent> =>
  recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, sample: true });
const two = (): ViewContext => ({
  watching: true,
  runs: [running(), recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1400, end: undefined })].map((events) =>
    [...events].reduce(reduce, initialState),
  ),
  runNames: ['one', 'another'],
});
function* measured(): Generator<MillraceEvent> {
  for (const event of running()) {
    yield event;
    if (event.type !== 'epoch') continue;
    yield {
      ...event,
      type: 'metric',
      name: 'psnr',
      value: -10 * Math.log10(event.trainLoss),
      unit: 'dB',
      split: 'test',
    };
    yield { ...event, type: 'metric', name: 'structural similarity', value: 0.875 };
  }
}
/** Noise on the input, and what it is to be beside it. */
const denoising = (): Iterable<MillraceEvent> =>
  [...running()].map((event) => {
    if (event.type !== 'sample') return event;
    const items = event.items.map(({ input, ...item }) => ({ ...item, input: item.reconstruction, target: input }));
    return { ...event, items };
  });
const longName = (): Iterable<MillraceEvent> =>
  [...running()].map((event) =>
    event.type === 'run'
      ? { ...event, architecture: { ...event.architecture!, name: 'a very long name of a convolutional network' } }
      : event,
  );
const replaying: ViewContext = { watching: true, replay: { playing: true, speed: 4, position: 0.4 } };
const plain: Capabilities = { color: 0, glyphs: 'ascii' };

const film = (look: Partial<ViewState>): ViewContext => ({ viewState: { ...initialViewState, view: 'film', ...look } });

const shots: Shot[] = [
  { name: '120x40', columns: 120, rows: 40, view: { cost: 0.012 } },
  { name: '80x24', columns: 80, rows: 24, view: { cost: 0.012 } },
  { name: '40x12', columns: 40, rows: 12 },
  { name: '20x6', columns: 20, rows: 6 },
  { name: '60x40', columns: 60, rows: 40 },
  { name: '200x60', columns: 200, rows: 60 },
  { name: '120x40-ascii', columns: 120, rows: 40, looks: plain },
  { name: '40x12-ascii', columns: 40, rows: 12, looks: plain },
  { name: '80x24-sample', columns: 80, rows: 24, events: onSample() },
  { name: '40x12-sample', columns: 40, rows: 12, events: onSample() },
  { name: '20x6-sample', columns: 20, rows: 6, events: onSample() },
  { name: '80x24-finishing', columns: 80, rows: 24, view: { stopping: true } },
  { name: '80x24-starting', columns: 80, rows: 24, events: [], view: { notice: 'MNIST: 3.1 of 11.6 MB' } },
  { name: '120x46', columns: 120, rows: 46, view: { viewState: { ...initialViewState, cursor: 60, digit: 4 } } },
  { name: '120x40-two-runs', columns: 120, rows: 40, view: two() },
  { name: '80x24-two-runs', columns: 80, rows: 24, view: two() },
  { name: '40x12-two-runs', columns: 40, rows: 12, view: two() },
  {
    name: '120x40-compared',
    columns: 120,
    rows: 40,
    view: {
      comparison: {
        name: 'yesterday',
        curves: [{ epochs: [1, 2].map((epoch) => ({ epoch, loss: 0.02 / epoch })) }],
      },
    },
  },
  { name: '120x40-metrics', columns: 120, rows: 40, events: measured() },
  { name: '80x24-no-run', columns: 80, rows: 24, events: [...running()].filter(({ type }) => type === 'loss') },
  { name: '120x40-denoise', columns: 120, rows: 40, events: denoising() },
  { name: 'pinned-120x40-denoise', columns: 120, rows: 40, events: denoising(), view: film({ pinned: true }) },
  { name: '80x24-no-color', columns: 80, rows: 24, looks: { color: 0, glyphs: 'braille' } },
  { name: '80x24-replay', columns: 80, rows: 24, events: longName(), view: replaying },
  {
    name: 'film-40x12-message',
    columns: 40,
    rows: 12,
    events: [...running(), ...[...running()].filter(({ type }) => type === 'warning')],
    view: { ...film({}), notice: 'a message that has to be said' },
  },
  { name: '14x3', columns: 14, rows: 3 },
  { name: 'film-200x60', columns: 200, rows: 60, view: film({}) },
  { name: 'film-120x40', columns: 120, rows: 40, view: film({ cursor: 120, digit: 2 }) },
  { name: 'film-80x24', columns: 80, rows: 24, view: film({ cursor: 120, playing: true }) },
  { name: 'film-40x12', columns: 40, rows: 12, view: film({ cursor: 0 }) },
  { name: 'film-20x6', columns: 20, rows: 6, view: film({ cursor: 120 }) },
  { name: 'film-120x40-ascii', columns: 120, rows: 40, looks: plain, view: film({ cursor: 120 }) },
  { name: 'pinned-200x60', columns: 200, rows: 60, view: film({ pinned: true, digit: 3 }) },
  { name: 'pinned-120x40', columns: 120, rows: 40, view: film({ pinned: true, cursor: 120, digit: 2 }) },
  { name: 'pinned-120x40-ascii', columns: 120, rows: 40, looks: plain, view: film({ pinned: true, cursor: 120 }) },
  { name: 'pinned-100x30', columns: 100, rows: 30, view: film({ pinned: true, digit: 3 }) },
  { name: 'pinned-80x24', columns: 80, rows: 24, view: film({ pinned: true, digit: 3 }) },
  { name: 'pinned-40x12', columns: 40, rows: 12, view: film({ pinned: true, digit: 3 }) },
  { name: 'pinned-20x6', columns: 20, rows: 6, view: film({ pinned: true }) },
];

test.each(shots)('the screen $name', async ({ name, columns, rows, events = running(), looks, view = {} }) => {
  const terminal = fakeTerminal(columns, rows);
  const state = [...events].reduce(reduce, initialState);
  const theme = createTheme(looks ?? { color: 3, glyphs: 'braille' });
  terminal.write(frameDifference(undefined, drawDashboard(state, terminal, view, theme)));
  const screen = await terminal.screen();
  expect(screen.at(-1)).toBe('');
  await expect(`${screen.join('\n')}\n`).toMatchFileSnapshot(`screens/${name}.txt`);
});

test('in ASCII and without colour, nothing else is written', () => {
  const theme = createTheme(plain);
  const state = [...running()].reduce(reduce, initialState);
  const size = { columns: 120, rows: 40 };
  const texts = drawDashboard(state, size, { cost: 0.1 }, theme).map(({ text }) => text);
  expect(texts.join('')).toMatch(/^[ -~]*$/);
});

test.each([1, 2, 3] as const)('colour level %i uses the codes of its level only', (color) => {
  const theme = createTheme({ color, glyphs: 'braille' });
  const state = [...running()].reduce(reduce, initialState);
  const text = drawDashboard(state, { columns: 120, rows: 40 }, {}, theme)
    .map((patch) => patch.text)
    .join('');
  expect(text.includes('8;2;')).toBe(color === 3);
  expect(text.includes('8;5;')).toBe(color >= 2);
  expect(text.includes('\u001b[36m')).toBe(color === 1);
});
