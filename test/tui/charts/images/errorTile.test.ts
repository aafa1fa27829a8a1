import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawSignedTile } from '../../../../src/tui/charts/images/errorTile.js';
import { signedError } from '../../../../src/tui/charts/images/signedError.js';
import { tileSize } from '../../../../src/tui/charts/images/tile.js';
import type { Capabilities } from '../../../../src/tui/theme/capabilities.js';

const capabilities = fc.record({
  color: fc.constantFrom(0, 1, 2, 3),
  glyphs: fc.constantFrom('braille', 'block', 'ascii'),
}) satisfies fc.Arbitrary<Capabilities>;

test('takes exactly the cells that a tile of the same size takes, whatever the numbers', () => {
  const side = fc.integer({ min: 0, max: 20 });
  const space = fc.record({ columns: fc.integer({ min: -1, max: 50 }), rows: fc.integer({ min: -1, max: 30 }) });
  const magnification = fc.integer({ min: -1, max: 5 });
  const black = fc.constantFrom('terminal' as const, 'painted' as const);
  fc.assert(
    fc.property(
      fc.array(fc.double(), { maxLength: 500 }),
      fc.tuple(side, side),
      space,
      magnification,
      capabilities,
      black,
      (values, shape, room, larger, looks, paint) => {
        const size = tileSize([...shape, 1], room, larger);
        const rows = drawSignedTile(values, shape, { ...looks, space: room, magnification: larger, black: paint });
        expect(rows.map((row) => [...stripVTControlCharacters(row)].length)).toEqual(
          Array(size.rows).fill(size.columns),
        );
      },
    ),
  );
});

test('above zero is orange, below zero blue, zero the terminal’s own', () => {
  const draw = (color: 1 | 2 | 3): string =>
    drawSignedTile([1, 1, 0, 0, -1, -1], [3, 2], { color, glyphs: 'braille' }).join('');
  expect(draw(3)).toBe('\u001b[38;2;255;160;30m▀▀\u001b[0m\u001b[38;2;90;180;255m▀▀\u001b[0m');
  expect(draw(2)).toBe('\u001b[38;5;214m▀▀\u001b[0m\u001b[38;5;75m▀▀\u001b[0m');
  expect(draw(1)).toBe('\u001b[93m▀▀\u001b[0m\u001b[94m▀▀\u001b[0m');
});

test('grows brighter with the strength', () => {
  const row = drawSignedTile([0.2, 0.4, 0.6, 0.8, 1], [1, 5], { color: 2, glyphs: 'braille' })[0];
  expect(row?.match(/5;\d+/g)).toEqual(['5;94', '5;130', '5;172', '5;208', '5;214']);
});

test('without colour the sign can be read', () => {
  const values = [-5, -1, -0.6, -0.3, -0.1, 0, Number.NaN, 0.1, 0.3, 0.6, 1, 5];
  expect(drawSignedTile(values, [1, 12], { color: 0, glyphs: 'braille' })).toEqual(['==~-    +*##']);
});

test('the signed error is above zero where the reconstruction is too bright, the mean over its channels', () => {
  expect([...signedError(Uint8Array.of(255, 0, 51), Uint8Array.of(0, 255, 0), [1, 3, 1])]).toEqual([
    2,
    -2,
    expect.closeTo(0.4),
  ]);
  expect([...signedError(Uint8Array.of(255, 0, 0), Uint8Array.of(0, 0, 0), [1, 1, 3])]).toEqual([
    expect.closeTo(2 / 3),
  ]);
});
