import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import { drawDashboard } from '../../../src/tui/drawDashboard.js';
import { frameDifference } from '../../../src/tui/screen/frame.js';
import type { Patch } from '../../../src/tui/screen/patch.js';
import { openScreen } from '../../../src/tui/screen/screen.js';
import { passesGraphics } from '../../../src/tui/theme/capabilities.js';
import { createTheme } from '../../../src/tui/theme/theme.js';
import { initialViewState } from '../../../src/tui/viewState.js';
import { recordedRun } from '../../fixtures/events.js';
import { fakeTerminal } from '../fakeTerminal.js';

const pixel = { width: 1, height: 1, bytes: Uint8Array.of(255, 0, 128) };
const picture = (image = pixel, column = 4): Patch => ({
  row: 2,
  column,
  columns: 14,
  text: '',
  picture: { image, rows: 7 },
});
const visible = (written: string | undefined): string | undefined => written?.replaceAll('\u001b', '␛');
const text: Patch = { row: 0, column: 0, columns: 4, text: 'loss' };

test('a picture is sent to its place, in its number of cells, without moving the cursor or asking for an answer', () => {
  expect(frameDifference([text], [text, picture()])).toBe(
    '\u001b[3;5H\u001b_Ga=T,f=24,s=1,v=1,i=10000,p=1,c=14,r=7,C=1,q=2,m=0;/wCA\u001b\\',
  );
});

test('what stays is not sent again; what changes or moves takes the place of what had its id', () => {
  expect(frameDifference([text, picture()], [text, picture()])).toBe('');
  expect(frameDifference([picture()], [picture({ ...pixel })])).toContain('i=10000,');
  const moved = frameDifference([picture(), picture(pixel, 20)], [picture(), picture(pixel, 21)]);
  expect(visible(moved)).toMatch(/^␛\[3;22H␛_Ga=T,[^;]*i=10001,/);
});

test('pictures that go are deleted with their data', () => {
  expect(frameDifference([text, picture(), picture(pixel, 20)], [text])).toBe(
    '\u001b_Ga=d,d=I,i=10000,q=2\u001b\\\u001b_Ga=d,d=I,i=10001,q=2\u001b\\',
  );
});

test('large pictures go in chunks of at most 4096 characters, which join to all of their bytes', () => {
  const bytes = Uint8Array.from({ length: 60 * 60 * 3 }, (_, index) => index % 251);
  const written = visible(frameDifference([], [picture({ width: 60, height: 60, bytes })]))!;
  const chunks = [...written.matchAll(/␛_G([^;]*);([^␛]*)␛\\/g)];
  expect(chunks.map(([, keys]) => keys?.slice(-3))).toEqual(['m=1', 'm=1', 'm=1', 'm=0']);
  expect(Math.max(...chunks.map(([, , data]) => data!.length))).toBe(4096);
  expect(new Uint8Array(Buffer.from(chunks.map(([, , data]) => data).join(''), 'base64'))).toEqual(bytes);
});

test('leaving the screen deletes the pictures first', () => {
  const terminal = fakeTerminal(40, 12);
  const screen = openScreen(terminal, { onInput() {}, onStale() {}, onBackground() {} });
  screen.draw([picture()]);
  screen.close();
  expect(visible(terminal.writes.at(-1))).toMatch(/^␛_Ga=d,d=I,i=10000,q=2␛\\␛\[\?2026l/);
});

test('the digits are pictures only when asked, over half blocks that stay for terminals without them', () => {
  const state = [...recordedRun()].reduce(reduce, initialState);
  const draw = (graphics: boolean, pinned = false): readonly Patch[] => {
    const look = { ...initialViewState, view: 'film', pinned, graphics } as const;
    return drawDashboard(
      state,
      { columns: 120, rows: 40 },
      { viewState: look },
      createTheme({ color: 3, glyphs: 'braille' }),
    );
  };
  const pictures = draw(true).filter((patch) => patch.picture !== undefined);
  expect(draw(true).filter((patch) => patch.picture === undefined)).toEqual(draw(false));
  expect(pictures).toHaveLength(21);
  expect(pictures[0]).toMatchObject({
    row: 4,
    column: 7,
    columns: 14,
    picture: { image: { width: 28, height: 28 }, rows: 7 },
  });
  expect(
    draw(true, true)
      .filter((patch) => patch.picture !== undefined)
      .map(({ columns }) => columns),
  ).toEqual([56, 28, 28]);
  expect(frameDifference(draw(true), draw(true))).toBe('');
});

test.each([
  [{ TERM: 'xterm-kitty' }, true],
  [{ TERM: 'tmux-256color', TMUX: 'tmux-0/default,1,0' }, false],
  [{ TERM: 'xterm-256color', TMUX: 'tmux-0/default,1,0' }, false],
  [{ TERM: 'screen.xterm-256color' }, false],
  [{ TERM: 'xterm', STY: '1.pts-0' }, false],
])('in %j pictures reach the terminal: %s', (environment, reaches) => {
  expect(passesGraphics(environment)).toBe(reaches);
});
