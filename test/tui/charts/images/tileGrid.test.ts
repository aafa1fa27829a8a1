import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawGallery, layOutGallery } from '../../../../src/tui/charts/images/tileGrid.js';
import { drawScrubBar } from '../../../../src/tui/charts/scrubBar.js';
import { widthOf } from '../../../../src/tui/theme/theme.js';

test('fits into its space and fills exactly what it says, whatever there is to show', () => {
  const side = fc.integer({ min: 0, max: 30 });
  const space = fc.record({ columns: fc.integer({ min: -2, max: 120 }), rows: fc.integer({ min: -2, max: 40 }) });
  fc.assert(
    fc.property(fc.tuple(side, side), fc.integer({ min: 0, max: 600 }), space, (shape, count, room) => {
      const layout = layOutGallery(shape, count, room);
      const rows = drawGallery(layout, () => Array(layout.tile.rows).fill('x'.repeat(layout.tile.columns)));
      expect(layout.size.columns).toBeLessThanOrEqual(Math.max(0, room.columns));
      expect(layout.size.rows).toBeLessThanOrEqual(Math.max(0, room.rows));
      expect(layout.count).toBeLessThanOrEqual(count);
      expect(rows.map((row) => row.length)).toEqual(Array(layout.size.rows).fill(layout.size.columns));
    }),
  );
});

test('shows all pictures as large as there is space for them', () => {
  expect(layOutGallery([3, 3], 16, { columns: 31, rows: 15 })).toMatchObject({
    magnification: 2,
    perRow: 4,
    count: 16,
  });
  expect(layOutGallery([3, 3], 16, { columns: 31, rows: 14 })).toMatchObject({
    magnification: 1,
    perRow: 8,
    count: 16,
  });
});

test('where not even the smallest fit, the first ones are shown', () => {
  expect(layOutGallery([4, 4], 100, { columns: 9, rows: 5 })).toMatchObject({ magnification: 1, perRow: 2, count: 4 });
});

test('leaves the last row short', () => {
  const layout = layOutGallery([2, 1], 3, { columns: 3, rows: 3 }, 1);
  expect(drawGallery(layout, (place) => [String(place)])).toEqual(['0 1', '   ', '2  ']);
});

test('the bar over a film is exactly as wide as it has to be, whatever the share', () => {
  fc.assert(
    fc.property(fc.double(), fc.integer({ min: -3, max: 200 }), (share, columns) => {
      expect(widthOf(drawScrubBar(share, columns))).toBe(Math.max(0, columns));
    }),
  );
  const text = (share: number): string =>
    drawScrubBar(share, 5)
      .map(([, part]) => part)
      .join('');
  expect([text(0), text(0.5), text(1)]).toEqual(['●────', '━━●──', '━━━━●']);
});
