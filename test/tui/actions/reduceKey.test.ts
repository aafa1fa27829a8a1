import { expect, test } from 'vitest';
import type { Intent } from '../../../src/dashboard/intent.js';
import { type DashboardState, initialState, reduce } from '../../../src/dashboard/state.js';
import { reduceKey } from '../../../src/tui/actions/reduceKey.js';
import type { ViewContext } from '../../../src/tui/viewContext.js';
import { initialViewState, VIEWS, type ViewState } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';

const running = [...recordedRun({ epochs: 8, stepsPerEpoch: 300, steps: 1000, end: undefined, detailed: true })].reduce(
  reduce,
  initialState,
);
const ended = [...recordedRun({ epochs: 2 })].reduce(reduce, initialState);

interface Pressed {
  readonly chosen: ViewState;
  readonly intents: readonly Intent[];
}

/** The keys one after the other. */
function press(
  keys: readonly string[],
  from: Partial<ViewState> = {},
  { state = running, view = {}, rows = 24 }: { state?: DashboardState; view?: ViewContext; rows?: number } = {},
): Pressed {
  return keys.reduce<Pressed>(
    ({ chosen, intents }, key) => {
      const result = reduceKey(chosen, key, { state, size: { columns: 80, rows }, view });
      return { chosen: result.viewState, intents: [...intents, ...result.intents] };
    },
    { chosen: { ...initialViewState, ...from }, intents: [] },
  );
}

test('numbers choose a view, tab goes round in both directions', () => {
  expect(VIEWS.map((_, index) => press([String(index + 1)]).chosen.view)).toEqual([...VIEWS]);
  expect(press(['shift-tab']).chosen.view).toBe('log');
  expect(press(VIEWS.slice(1).map(() => 'tab')).chosen.view).toBe('overview'); // tags are left out where there are none
});

test('escape steps out one layer at a time: help, full screen, picture, cursor, view', () => {
  const deep = { view: 'film', help: true, full: true, pinned: true, cursor: 50 } as const;
  const layers = [1, 2, 3, 4, 5, 6].map((count) => press(Array(count).fill('escape'), deep).chosen);
  expect(layers.map(({ help, full, pinned, cursor, view }) => [help, full, pinned, cursor, view])).toEqual([
    [false, true, true, 50, 'film'],
    [false, false, true, 50, 'film'],
    [false, false, false, 50, 'film'],
    [false, false, false, undefined, 'film'],
    [false, false, false, undefined, 'overview'],
    [false, false, false, undefined, 'overview'],
  ]);
});

test('a key that has no meaning anywhere changes nothing; one that has none here says why, until the next', () => {
  const chosen = { ...initialViewState, view: 'log' as const };
  const context = { state: running, size: { columns: 80, rows: 24 }, view: {} };
  for (const key of ['z', 'F1']) expect(reduceKey(chosen, key, context)).toEqual({ viewState: chosen, intents: [] });
  const { viewState } = reduceKey(chosen, 'y', context);
  expect(viewState.refusal).toMatch(/only in overview, chart, tags$/);
  expect(reduceKey(viewState, '1', context).viewState.refusal).toBeUndefined();
});

test('enter goes from what each view shows to what is behind it', () => {
  const context = { state: running, size: { columns: 80, rows: 24 }, view: {} };
  const entered = VIEWS.map((view) => reduceKey({ ...initialViewState, view }, 'enter', context).viewState);
  expect(entered.map(({ view, pinned }) => (pinned ? `${view}, large` : view))).toEqual([
    'film, large',
    'film',
    'film, large',
    'film, large',
    'network',
    'chart',
    'tags',
  ]);
});

test('space asks to pause, and to go on where the run is paused', () => {
  const paused = { ...running, status: 'paused' as const };
  expect(press(['space']).intents).toEqual([{ type: 'command', action: 'pause' }]);
  expect(press(['space', '.'], {}, { state: paused }).intents).toEqual([
    { type: 'command', action: 'resume' },
    { type: 'command', action: 'step' },
  ]);
  expect(press(['.']).intents).toEqual([]);
});

test('s saves, e tests, x ends after the present epoch', () => {
  expect(press(['s', 'e', 'x']).intents).toEqual([
    { type: 'command', action: 'save' },
    { type: 'command', action: 'evaluate' },
    { type: 'command', action: 'epochs', value: 4 },
  ]);
});

test('the learning rate is doubled and halved, and goes back as often as it was changed', () => {
  const { chosen, intents } = press(['+', '-', 'u', 'u', 'u']);
  expect(intents.map((intent) => 'value' in intent && intent.value)).toEqual([0.002, 0.0005, 0.001, 0.001]);
  expect(chosen.learningRates).toEqual([]);
});

test('a rate that has been asked for counts before it has taken effect', () => {
  const pending = [{ type: 'command', action: 'learningRate', value: 0.002 }] as const;
  expect(press(['+'], {}, { view: { pending } }).intents).toEqual([
    { type: 'command', action: 'learningRate', value: 0.004 },
  ]);
});

test('only so many learning rates are remembered', () => {
  expect(press(Array(100).fill('+')).chosen.learningRates).toHaveLength(32);
});

test('before the first loss the configured learning rate is changed', () => {
  const [run] = recordedRun();
  expect(press(['+'], {}, { state: reduce(initialState, run!) }).intents).toMatchObject([{ value: 0.002 }]);
  expect(press(['+'], {}, { state: { ...running, learningRate: undefined, run: undefined } }).intents).toEqual([]);
});

test('abandoning asks first, and takes y for an answer', () => {
  expect(press(['A']).chosen.question).toBe('abandon');
  expect(press(['A', 'y'])).toMatchObject({
    chosen: { question: undefined },
    intents: [{ type: 'command', action: 'abandon' }],
  });
  for (const no of ['n', 'escape', 'q'])
    expect(press(['A', no])).toMatchObject({ chosen: { question: undefined }, intents: [] });
  expect(press(['A', 's', 'space', '2'])).toMatchObject({
    chosen: { question: 'abandon', view: 'overview' },
    intents: [],
  });
  expect(press(['A', 'ctrl-c']).intents).toEqual([{ type: 'quit' }]);
});

test('q and ctrl-c quit, ctrl-z suspends, ctrl-l paints anew, whatever is shown', () => {
  for (const view of VIEWS)
    expect(press(['q', 'ctrl-c', 'ctrl-z', 'ctrl-l'], { view, help: true }).intents.map(({ type }) => type)).toEqual([
      'quit',
      'quit',
      'suspend',
      'repaint',
    ]);
});

test('while a run is watched the keys move the recording', () => {
  const replay = { playing: true, speed: 1, position: 0.5 };
  const actions = (keys: string[], playing = true) =>
    press(keys, {}, { state: ended, view: { watching: true, replay: { ...replay, playing } } }).intents.map((intent) =>
      intent.type === 'replay' ? intent.action : intent.type,
    );
  expect(actions(['space', '.', ',', '<', '>', '[', ']', 'q'])).toEqual([
    'pause',
    'stepForward',
    'stepBack',
    'slower',
    'faster',
    'back',
    'forward',
    'quit',
  ]);
  expect(actions(['space'], false)).toEqual(['play']);
});

test('n goes through the runs that are shown, round and round', () => {
  const view = { runs: [running, ended, running] };
  expect([1, 2, 3].map((count) => press(Array(count).fill('n'), {}, { view }).chosen.run)).toEqual([1, 2, 0]);
});

test('the cursor leaves the newest step to the left and follows it again at the end', () => {
  for (const view of ['overview', 'chart'] as const) {
    const back = press(['left'], { view }, { rows: 40 }).chosen.cursor!;
    expect(back).toBeLessThan(1000);
    expect(press(['h', 'h'], { view }, { rows: 40 }).chosen.cursor).toBeLessThan(back);
    expect(press(['home'], { view }, { rows: 40 }).chosen.cursor).toBe(1);
    expect(press(['left', 'end'], { view }).chosen.cursor).toBeUndefined();
  }
});

test('switches switch there and back', () => {
  for (const [key, field, view] of [
    ['enter', 'pinned', 'film'],
    ['K', 'graphics', 'film'],
    ['f', 'full', 'chart'],
    ['m', 'mouse', 'log'],
    ['?', 'help', 'stages'],
  ] as const) {
    const once = press([key], { view }).chosen;
    expect(once[field]).toBe(!initialViewState[field]);
    expect(press([key, key], { view }).chosen).toEqual({ ...initialViewState, view });
  }
  expect(press(['y'], { view: 'chart' }).chosen.scale).toBe('linear');
  expect(press(['w'], { view: 'chart' }).chosen.window).toBe('recent');
});

test('a digit is chosen round and round', () => {
  expect(press(['up']).chosen.digit).toBe(9);
  expect(press(['up', 'j', 'down']).chosen.digit).toBe(1);
});

test('a list moves no further than its last row', () => {
  const far = press(Array(200).fill('down'), { view: 'network' }).chosen.scroll;
  expect(far).toBe(press(['end'], { view: 'network' }).chosen.scroll);
  expect(far).toBeGreaterThan(0);
  expect(press(['end', 'up'], { view: 'network' }).chosen.scroll).toBe(far - 1);
  expect(press(['up'], { view: 'network' }).chosen.scroll).toBe(0);
  expect(press(['pageDown', 'pageUp'], { view: 'network' }).chosen.scroll).toBe(0);
});

test('the log begins at its end: up shows what was before', () => {
  expect(press(['up'], { view: 'log' }, { rows: 10 }).chosen.scroll).toBe(1);
  expect(press(['up', 'down', 'down'], { view: 'log' }, { rows: 10 }).chosen.scroll).toBe(0);
  expect(press(['home'], { view: 'log' }, { rows: 10 }).chosen.scroll).toBeGreaterThan(1);
});

test('while the help is shown the arrows move it, and its view changes with the number', () => {
  const { chosen } = press(['?', 'down'], {}, { rows: 12 });
  expect(chosen).toMatchObject({ scroll: 1, digit: 0, help: true });
  expect(press(['?', '5'], {}, { rows: 12 }).chosen).toMatchObject({ help: true, view: 'stages' });
});
