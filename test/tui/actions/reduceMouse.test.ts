import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import { reduceMouse } from '../../../src/tui/actions/reduceMouse.js';
import { layOutDashboard } from '../../../src/tui/drawDashboard.js';
import { frameDifference } from '../../../src/tui/screen/frame.js';
import type { MouseInput } from '../../../src/tui/screen/mouse.js';
import { createTheme } from '../../../src/tui/theme/theme.js';
import { initialViewState, type ViewState } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';
import { fakeTerminal } from '../fakeTerminal.js';

const state = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, detailed: true })].reduce(
  reduce,
  initialState,
);
const size = { columns: 120, rows: 40 };

/** The mouse does something where a text stands on the screen. */
async function at(
  text: string,
  from: Partial<ViewState> = {},
  action: MouseInput['action'] = 'press',
  offset = { row: 0, column: 0 },
) {
  const chosen = { ...initialViewState, ...from };
  const { frame, areas } = layOutDashboard(
    state,
    size,
    { viewState: chosen },
    createTheme({ color: 0, glyphs: 'braille' }),
  );
  const terminal = fakeTerminal(size.columns, size.rows);
  terminal.write(frameDifference(undefined, frame));
  const screen = await terminal.screen();
  const row = screen.findIndex((line) => line.includes(text)) + offset.row;
  const column = screen.find((line) => line.includes(text))!.indexOf(text) + offset.column;
  return reduceMouse(chosen, { type: 'mouse', action, row, column }, areas, {
    state,
    size,
    view: { viewState: chosen },
  });
}

test('a click on a tab shows that view', async () => {
  expect((await at('4 network')).viewState.view).toBe('network');
  expect((await at('1 overview', { view: 'log' })).viewState.view).toBe('overview');
});

test('a click on a key of the last line is that key', async () => {
  expect((await at('space pause')).intents).toEqual([{ type: 'command', action: 'pause' }]);
  expect((await at('? keys')).viewState.help).toBe(true);
});

test('a click on the chart, and dragging over it, moves the cursor', async () => {
  const early = (await at('─ loss', {}, 'press', { row: 4, column: 20 })).viewState.cursor!;
  const late = (await at('─ loss', {}, 'drag', { row: 4, column: 50 })).viewState.cursor!;
  expect(early).toBeGreaterThan(0);
  expect(late).toBeGreaterThan(early);
  expect(late).toBeLessThan(1000);
});

test('a click chooses a picture, a second one shows it large', async () => {
  const offset = { row: 4, column: 22 };
  const once = (await at('─ test digits', {}, 'press', offset)).viewState;
  expect([once.digit, once.pinned]).toEqual([1, false]);
  expect((await at('─ test digits', once, 'press', offset)).viewState.pinned).toBe(true);
});

test('the wheel moves lists and zooms the chart', async () => {
  const small = { state, size: { columns: 80, rows: 10 }, view: {} };
  const wheel = (view: ViewState['view'], action: 'wheelUp' | 'wheelDown') =>
    reduceMouse({ ...initialViewState, view }, { type: 'mouse', action, row: 0, column: 0 }, [], small).viewState;
  expect(wheel('network', 'wheelDown').scroll).toBe(3);
  expect(wheel('log', 'wheelUp').scroll).toBe(3);
  expect(wheel('chart', 'wheelUp').window).not.toBe('all');
});

test('a click on nothing does nothing, and none while a question is open', async () => {
  expect(await at('─ progress')).toEqual({ viewState: initialViewState, intents: [] });
  expect((await at('4 network', { question: 'abandon' })).viewState.view).toBe('overview');
});
