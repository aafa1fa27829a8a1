// The tags, as text that reads well in a diff. `npx vitest run test/tui/tagScreens.test.ts -u` renews it.
import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../src/dashboard/state.js';
import { metric } from '../../src/events/measurements/metric.js';
import { createStamp } from '../../src/events/stamp.js';
import { drawDashboard } from '../../src/tui/drawDashboard.js';
import { frameDifference } from '../../src/tui/screen/frame.js';
import { initialTagsLook, type TagsLook } from '../../src/tui/tagsLook.js';
import type { Capabilities } from '../../src/tui/theme/capabilities.js';
import { createTheme } from '../../src/tui/theme/theme.js';
import type { ViewContext } from '../../src/tui/viewContext.js';
import { initialViewState, type ViewState } from '../../src/tui/viewState.js';
import { taggedRun } from '../fixtures/taggedRun.js';
import { fakeTerminal } from './fakeTerminal.js';

const few = reduceAll(initialState, [...taggedRun({ tags: 3 })]);
const many = reduceAll(initialState, [...taggedRun({ tags: 300 })]);
const other = reduceAll(initialState, [...taggedRun({ tags: 3, rounds: 60, seed: 2 })]);
const two = { runs: [few, other], runNames: ['one', 'another'] };
const plain: Capabilities = { color: 0, glyphs: 'ascii' };
const looking = (tags: Partial<TagsLook>, chosen: Partial<ViewState> = {}): ViewContext => ({
  watching: true,
  viewState: { ...initialViewState, ...chosen, tags: { ...initialTagsLook, ...tags } },
});
const large = (id: string): ViewContext => looking({ chosen: id, large: true });

interface Shot {
  readonly name: string;
  readonly state?: typeof few;
  readonly view?: ViewContext;
  readonly looks?: Capabilities;
}

const shots: Shot[] = [
  { name: '120x40-3' },
  { name: '80x24-3' },
  { name: '40x12-3' },
  { name: '120x40-300', state: many },
  { name: '80x24-300', state: many },
  { name: '40x12-300', state: many },
  { name: '20x6-300', state: many },
  { name: '80x24-3-ascii', looks: plain },
  { name: '80x24-3-no-color', looks: { color: 0, glyphs: 'braille' } },
  { name: '120x40-charts', state: many, view: looking({ density: 'charts', chosen: 'figure layer.9/bias_norm' }) },
  { name: '80x24-filter', state: many, view: looking({ filter: 'layer.1 norm', typing: true }) },
  { name: '80x24-nothing', state: many, view: looking({ filter: 'nowhere' }) },
  { name: '80x24-pinned', state: many, view: looking({ pinned: ['figure layer.9/bias_norm'] }) },
  { name: '120x40-two-runs', view: { ...two, ...looking({}) } },
  { name: '80x24-two-runs-large', view: { ...two, ...large('figure train/loss') } },
  { name: '80x24-figure', view: looking({ chosen: 'figure train/loss', large: true, scale: 'log' }, { cursor: 700 }) },
  { name: '80x24-image', view: large('image samples/generated') },
  { name: '80x24-ridges', view: looking({ chosen: 'histogram weights/first', large: true }, { cursor: 1000 }) },
  { name: '80x24-text', view: large('text notes/first') },
  { name: '80x24-configuration', view: { ...two, ...large('configuration') } },
  { name: '80x24-film', view: looking({}, { view: 'film', cursor: 500 }) },
];

test.each(shots)('the screen of tags $name', async ({ name, state = few, view = { watching: true }, looks }) => {
  const [columns = 0, rows = 0] = name.split(/x|-/).map(Number);
  const terminal = fakeTerminal(columns, rows);
  const theme = createTheme(looks ?? { color: 3, glyphs: 'braille' });
  terminal.write(frameDifference(undefined, drawDashboard(state, terminal, view, theme)));
  const screen = await terminal.screen();
  expect(screen.at(-1)).toBe('');
  await expect(`${screen.join('\n')}\n`).toMatchFileSnapshot(`screens/tags-${name}.txt`);
});

test('only what is seen is drawn: a frame of a thousand tags asks for no more figures than one of a page', () => {
  const stamp = createStamp({ run: 'a', elapsedMs: () => 1 });
  const events = Array.from({ length: 2000 }, (_, place) =>
    stamp(metric(`group.${place % 40}/m${place % 1000}`, place), { epoch: 1, step: place }),
  );
  const state = reduceAll(initialState, events);
  let read = 0;
  const figures = new Proxy(state.tags.figures, {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) read++;
      return Reflect.get(target, key, receiver);
    },
  });
  const theme = createTheme({ color: 3, glyphs: 'braille' });
  drawDashboard({ ...state, tags: { ...state.tags, figures } }, { columns: 120, rows: 40 }, {}, theme);
  expect(read).toBeGreaterThan(50);
  expect(read).toBeLessThan(500);
});
