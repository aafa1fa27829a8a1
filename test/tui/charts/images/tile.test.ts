import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawTile, tileSize } from '../../../../src/tui/charts/images/tile.js';
import type { Capabilities } from '../../../../src/tui/theme/capabilities.js';

const greys: Capabilities = { color: 2, glyphs: 'braille' };

const capabilities = fc.record({
  color: fc.constantFrom(0, 1, 2, 3),
  glyphs: fc.constantFrom('braille', 'ascii'),
}) satisfies fc.Arbitrary<Capabilities>;

test('every row has exactly the cells of the tile, which never exceeds its space', () => {
  const side = fc.integer({ min: 0, max: 40 });
  const image = fc.tuple(side, side, fc.integer({ min: 0, max: 4 }));
  const space = fc.record({ columns: fc.integer({ min: -1, max: 50 }), rows: fc.integer({ min: -1, max: 30 }) });
  const black = fc.constantFrom('terminal' as const, 'painted' as const);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2000 }),
      image,
      space,
      capabilities,
      black,
      fc.integer({ min: -1, max: 5 }),
      (pixels, shape, room, looks, paint, magnification) => {
        const size = tileSize(shape, room, magnification);
        const rows = drawTile(pixels, shape, { ...looks, space: room, black: paint, magnification });
        expect(rows.map((row) => [...stripVTControlCharacters(row)].length)).toEqual(
          Array(size.rows).fill(size.columns),
        );
        expect(size.columns).toBeLessThanOrEqual(Math.max(0, room.columns));
        expect(size.rows).toBeLessThanOrEqual(Math.max(0, room.rows));
      },
    ),
  );
});

test('puts two pixels into a cell, the upper one as ink and the lower one as paper', () => {
  expect(drawTile(Uint8Array.of(255, 128), [2, 1, 1], greys)).toEqual(['\u001b[38;5;255;48;5;244m▀\u001b[0m']);
});

test('leaves black to the terminal, or paints it where the terminal is light', () => {
  const steps = Uint8Array.of(0, 0, 255, 0, 255, 0);
  expect(drawTile(steps, [2, 3, 1], greys)).toEqual([' \u001b[38;5;255m▄▀\u001b[0m']);
  expect(drawTile(Uint8Array.of(0, 0), [2, 1, 1], { ...greys, black: 'painted' })).toEqual([
    '\u001b[48;5;232m \u001b[0m',
  ]);
});

test('sets a colour only where it changes', () => {
  const [row = ''] = drawTile(new Uint8Array(20).fill(200), [2, 10, 1], greys);
  expect(row).toBe(`\u001b[38;5;251m${'█'.repeat(10)}\u001b[0m`);
});

test('scales down by averaging', () => {
  const chessboard = Uint8Array.from({ length: 16 }, (_, place) => ((place + Math.floor(place / 4)) % 2) * 255);
  expect(drawTile(chessboard, [4, 4, 1], { ...greys, space: { columns: 2, rows: 1 } })).toEqual(
    drawTile(new Uint8Array(4).fill(127.5), [2, 2, 1], greys),
  );
});

test('draws colours as truecolour, as the cube of 256, or as greys of 16', () => {
  const red = Uint8Array.of(255, 0, 0, 255, 0, 0);
  expect(drawTile(red, [2, 1, 3], { color: 3, glyphs: 'braille' })[0]).toContain('38;2;255;0;0m');
  expect(drawTile(red, [2, 1, 3], { color: 2, glyphs: 'braille' })[0]).toContain('38;5;196m');
  expect(drawTile(red, [2, 1, 3], { color: 1, glyphs: 'braille' })[0]).toContain('\u001b[90m');
});

test('is a ramp of characters without escapes in ASCII', () => {
  const ramp = Uint8Array.from({ length: 10 }, (_, step) => (step * 255) / 9);
  expect(drawTile(ramp, [1, 10, 1], { color: 3, glyphs: 'ascii' })).toEqual([' .:-=+*#%@']);
});

test('is half blocks of one colour without colours, the brighter the more of them are ink', () => {
  const looks: Capabilities = { color: 0, glyphs: 'braille' };
  const ink = [0, 60, 100, 130, 255].map((grey) => drawTile(new Uint8Array(4).fill(grey), [2, 2, 1], looks)[0]);
  expect(ink).toEqual(['  ', '▀ ', '▀▄', '▀█', '██']);
});

test('grows by whole numbers only, as far as there is space and no further than asked', () => {
  const sizes = [27, 28, 55, 56, 500].map((columns) => tileSize([28, 28, 1], { columns, rows: 300 }, 2).columns);
  expect(sizes).toEqual([27, 28, 28, 56, 56]);
  expect(tileSize([28, 28, 1], undefined, 2)).toEqual({ columns: 56, rows: 28 });
  expect(drawTile(Uint8Array.of(0, 255), [1, 2, 1], { color: 0, glyphs: 'ascii', magnification: 3 })).toEqual([
    '   @@@',
    '   @@@',
  ]);
});
