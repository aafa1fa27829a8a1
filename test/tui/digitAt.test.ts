import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { MillraceEvent } from '../../src/streams/events.js';
import { digitAt } from '../../src/tui/digitAt.js';
import { initialInterface, type ViewName } from '../../src/tui/interface.js';
import { drawDashboard } from '../../src/tui/screen/drawDashboard.js';
import { initialState, reduce } from '../../src/tui/state.js';
import { createTheme } from '../../src/tui/theme.js';
import { recordedRun } from '../fixtures/events.js';

const theme = createTheme({ color: 0, glyphs: 'ascii' });
/** Every digit is all white, so that the screen shows where it lies. */
const events = [...recordedRun({ digits: Array.from({ length: 10 }, () => new Uint8Array(784).fill(255)) })];
const whole = events.map(
  (event): MillraceEvent =>
    event.type === 'sample'
      ? { ...event, items: event.items.map((item) => ({ ...item, reconstruction: item.input })) }
      : event,
);
const state = whole.reduce(reduce, initialState);

test.each<[ViewName, number, number, number]>([
  ['overview', 120, 40, 0],
  ['overview', 120, 50, 8],
  ['overview', 80, 24, 0],
  ['overview', 40, 12, 0],
  ['film', 200, 60, 0],
  ['film', 120, 40, 9],
  ['film', 80, 24, 2],
  ['film', 40, 12, 0],
])('in the %s at %d × %d every cell of a picture is that of its digit', (view, columns, rows, digit) => {
  const look = { interface: { ...initialInterface, view, digit } };
  const frame = drawDashboard(state, { columns, rows }, look, theme);
  const seen = new Map<number, number>();
  for (const { row, column, text } of frame)
    for (const [place, character] of [...stripVTControlCharacters(text)].entries()) {
      const found = digitAt(state, look, { columns, rows }, column + place, row);
      if (character === '@') expect(found).toBeDefined();
      if (found !== undefined) seen.set(found, (seen.get(found) ?? 0) + 1);
    }
  const places = [...seen.keys()].toSorted((one, other) => one - other);
  expect(places.length).toBeGreaterThanOrEqual(4);
  expect(places).toContain(digit);
  expect(places).toEqual(places.map((_, index) => places[0]! + index));
  expect(new Set(seen.values()).size).toBe(1);
});

test('elsewhere on the screen there is no digit', () => {
  const at = (view: ViewName, column: number, row: number): number | undefined =>
    digitAt(state, { interface: { ...initialInterface, view } }, { columns: 120, rows: 40 }, column, row);
  expect([at('overview', 50, 0), at('overview', 0, 20), at('overview', 119, 25), at('overview', 50, 39)]).toEqual(
    Array(4).fill(undefined),
  );
  expect(at('network', 20, 20)).toBeUndefined();
  expect(digitAt(initialState, {}, { columns: 120, rows: 40 }, 20, 20)).toBeUndefined();
});
