import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialState, reduce } from '../../../src/dashboard/state.js';
import { drawDashboard } from '../../../src/tui/drawDashboard.js';
import { type Cell, cellsOf } from '../../../src/tui/screen/cells.js';
import { svgOf } from '../../../src/tui/screen/svg.js';
import { createTheme } from '../../../src/tui/theme/theme.js';
import { anyText } from '../../fixtures/anyText.js';
import { recordedRun } from '../../fixtures/events.js';

const rowOf = (text: string, colors: Partial<Cell> = {}): Cell[] =>
  [...text].map((character) => ({ character, ink: '', paper: '', ...colors }));

/** Every element is closed and nothing but the five entities is escaped: what an XML parser asks for. */
function elementsOf(svg: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  for (const [, closing, name = '', own] of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s[a-zA-Z:-]+=(?:"[^"<]*"|'[^'<]*'))*(\/?)>/g,
  )) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (own !== '/') open.push(name);
    if (closing === '') seen.push(name);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
  return seen;
}

test('the dashboard as a picture: blocks and dots are drawn, words are text', () => {
  const state = [...recordedRun()].reduce(reduce, initialState);
  const size = { columns: 120, rows: 39 };
  const grid = cellsOf(drawDashboard(state, size, {}, createTheme({ color: 3, glyphs: 'braille' })), size);
  const svg = svgOf(grid, 'a run');
  expect(elementsOf(svg)).toContain('text');
  expect(svg).toContain('<title>a run</title>');
  expect(svg).toContain('viewBox="0 0 1224 804"');
  expect(svg).toContain('>millrace</text>');
  expect(svg).not.toMatch(/[▀▄█⠀-⣿─━]/);
  expect(svg).not.toMatch(/href|url\(|@import|<script|<style/);
});

test('neighbours of one colour are one rectangle, a lower half lies in the lower half', () => {
  expect(svgOf([rowOf('██▄', { ink: '5;255' })], '')).toContain(
    '<path fill="#eeeeee" d="M0 0h20v20h-20zM20 10h10v10h-10z"/>',
  );
});

test('paper lies behind', () => {
  const svg = svgOf([rowOf('▀ ', { ink: '2;1;2;3', paper: '31' })], '');
  expect(svg.indexOf('<path fill="#cd0000" d="M0 0h20v20h-20z"/>')).toBeGreaterThan(0);
  expect(svg.indexOf('<path fill="#010203" d="M0 0h10v10h-10z"/>')).toBeGreaterThan(svg.indexOf('#cd0000'));
});

test('a braille character is its dots', () => {
  expect(svgOf([rowOf('⡁', { ink: '36' })], '')).toContain('d="M2.5 2.5h0M2.5 17.5h0"');
});

test('hostile text stays text', () => {
  const svg = svgOf([rowOf('<b>&"\u0007\ud800')], '</title><script>');
  expect(elementsOf(svg)).not.toContain('script');
  expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  expect(svg).toContain('>&lt;b&gt;&amp;&quot;\ufffd\ufffd</text>');
});

test('any cells give a whole picture', () => {
  const anyCell: fc.Arbitrary<Cell> = fc.record({
    character: fc.oneof(anyText({ minLength: 1, maxLength: 1 }), fc.constantFrom(...' ▘▙█▂┤┴⠿⣿─')),
    ink: fc.constantFrom('', '30', '97', '5;3', '5;100', '5;240', '2;1;2;3'),
    paper: fc.constantFrom('', '37', '5;16', '5;255', '2;255;0;9'),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(anyCell, { minLength: 8, maxLength: 8 }), { maxLength: 4 }),
      fc.string(),
      (grid, title) => {
        const svg = svgOf(grid, title);
        elementsOf(svg);
        expect(svg).not.toMatch(/NaN|undefined/);
      },
    ),
  );
});
