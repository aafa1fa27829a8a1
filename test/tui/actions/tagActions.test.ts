import { expect, test } from 'vitest';
import { initialState, reduceAll } from '../../../src/dashboard/state.js';
import { playFilm } from '../../../src/tui/actions/filmCursor.js';
import { reduceKey } from '../../../src/tui/actions/reduceKey.js';
import { reduceMouse } from '../../../src/tui/actions/reduceMouse.js';
import { initialViewState, type ViewState } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';
import { taggedRun } from '../../fixtures/taggedRun.js';

const few = reduceAll(initialState, [...taggedRun({ tags: 3 })]);
const many = reduceAll(initialState, [...taggedRun({ tags: 300 })]);
const context = { state: few, size: { columns: 80, rows: 24 }, view: { watching: true } };

function press(keys: readonly string[], state = few, from: Partial<ViewState> = {}): ViewState {
  return keys.reduce<ViewState>((chosen, key) => reduceKey(chosen, key, { ...context, state }).viewState, {
    ...initialViewState,
    ...from,
  });
}

test('slash lets a filter be typed, enter keeps it, escape clears it', () => {
  const typed = press(['/', ...'Lq', 'backspace', 'space', '1']);
  expect(typed.tags).toMatchObject({ filter: 'L 1', typing: true });
  expect(typed.view).toBe('overview');
  expect(press(['enter'], few, typed).tags).toMatchObject({ filter: 'L 1', typing: false });
  expect(press(['escape'], few, typed).tags).toMatchObject({ filter: '', typing: false });
  expect(press(['enter', 'escape'], few, typed).tags.filter).toBe('');
  expect(press(['ctrl-u', 'x'], few, typed).tags.filter).toBe('x');
  expect(press(['/', ...Array<string>(100).fill('x')]).tags.filter).toHaveLength(64);
});

test('ctrl-c closes and help opens, whatever is typed', () => {
  const typing = press(['/']);
  expect(reduceKey(typing, 'ctrl-c', context).intents).toEqual([{ type: 'quit' }]);
  expect(press(['?'], few, typing).tags.filter).toBe('?');
});

test('the arrows choose a tag, enter shows it large, escape goes back', () => {
  expect(press(['down']).tags.chosen).toBe('figure val/accuracy');
  expect(press(['down', 'down', 'up']).tags.chosen).toBe('figure val/accuracy');
  expect(press(Array<string>(50).fill('j')).tags.chosen).toBe('configuration');
  expect(press(['enter']).tags.large).toBe(true);
  expect(press(['enter', 'enter']).tags.large).toBe(false);
  expect(press(['enter', 'escape']).tags.large).toBe(false);
});

test('pages are leafed through', () => {
  const pages = [0, 1, 2].map((count) => press(Array<string>(count).fill('pageDown'), many).tags.chosen);
  expect(new Set(pages).size).toBe(3);
  expect(press(['pageDown', 'pageDown', 'pageUp'], many).tags.chosen).toBe(pages[1]);
});

test('what is pinned stands first, and leaves again', () => {
  const pinned = press(['down', 'down', 'P']);
  expect(pinned.tags).toMatchObject({ chosen: 'figure val/loss', pinned: ['figure val/loss'] });
  expect(press(['up', 'up', 'up'], few, pinned).tags.chosen).toBe('figure val/loss');
  expect(press(['P'], few, pinned).tags.pinned).toEqual([]);
});

test('the cursor goes from value to value, and follows the newest again', () => {
  expect(press(['left']).cursor).toBe(1850);
  expect(press(['left', 'right']).cursor).toBeUndefined();
  expect(press(['home']).cursor).toBe(0);
  expect(press(['home', 'end']).cursor).toBeUndefined();
  expect(press(['w', 'i']).window).not.toBe('all');
});

test('of a picture it goes from picture to picture, which p plays', () => {
  const picture = { tags: { ...initialViewState.tags, chosen: 'image samples/generated' } };
  expect(press(['left'], few, picture).cursor).toBe(1000);
  expect(press(['home'], few, picture).cursor).toBe(0);
  const playing = press(['p'], few, picture);
  expect(playing).toMatchObject({ playing: true, cursor: 0 });
  expect(playFilm(few, playing).cursor).toBe(500);
  expect(press(['left', 'left'], few, { view: 'film' }).cursor).toBe(500);
  expect(press(['enter'], few, { view: 'film' }).tags.large).toBe(true);
});

test('smoothing, scale, density and kind go round', () => {
  const { tags } = press(['S', 'y', 'd', 'v']);
  expect(tags).toMatchObject({ smoothing: 0.9, scale: 'log', density: 'charts', kind: 'figure' });
  expect(press(['S', 'S', 'S', 'S', 'y', 'y', 'y', 'd', 'd', 'd', 'v', 'v', 'v', 'v', 'v']).tags).toEqual(
    initialViewState.tags,
  );
});

test('tab goes through the views that have something to show', () => {
  const views = [1, 2, 3].map((count) => press(Array<string>(count).fill('tab')).view);
  expect(views).toEqual(['film', 'log', 'tags']);
  const own = reduceAll(initialState, [...recordedRun({ epochs: 1 })]);
  expect(press(Array<string>(6).fill('tab'), own).view).toBe('overview');
});

test('a click chooses a tag, another one shows it large, the wheel leafs', () => {
  const areas = [{ row: 1, column: 0, columns: 20, rows: 5, target: { type: 'tag', id: 'figure val/loss' } }] as const;
  const click = { type: 'mouse', action: 'press', row: 2, column: 3 } as const;
  const once = reduceMouse(initialViewState, click, areas, context).viewState;
  expect(once.tags).toMatchObject({ chosen: 'figure val/loss', large: false });
  expect(reduceMouse(once, click, areas, context).viewState.tags.large).toBe(true);
  const wheel = { type: 'mouse', action: 'wheelDown', row: 2, column: 3 } as const;
  const turned = reduceMouse(initialViewState, wheel, areas, { ...context, state: many }).viewState;
  expect(turned.tags.chosen).toBe(press(['pageDown'], many).tags.chosen);
});
