import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FilmFrame, Filters, SampleImage } from '../../../../src/dashboard/film/filmFrame.js';
import { initialState, reduce } from '../../../../src/dashboard/state.js';
import {
  filtersPicture,
  latentPicture,
  type NetworkPicture,
  networkPictures,
} from '../../../../src/tui/rows/pictures/latentAndFilters.js';
import { createTheme, widthOf } from '../../../../src/tui/theme/theme.js';
import { recordedRun } from '../../../fixtures/events.js';

const { sample } = [...recordedRun()].reduce(reduce, initialState);
const frame = sample!;
const image = frame.images[0]!;
const plain = createTheme({ color: 0, glyphs: 'ascii' });

const withLatent = (latentShape: number[], values: Uint8Array, low = 0, high = 1): [FilmFrame, SampleImage] => [
  { ...frame, latentShape },
  { ...image, latent: { low, high, values } },
];
const withFilters = (shape: Filters['shape'], values: Uint8Array, low = -1, high = 1): Filters => ({
  step: 0,
  layer: 'encoder.0',
  shape,
  levels: { low, high, values },
});
const captionOf = (sight: NetworkPicture | undefined): string | undefined =>
  sight?.caption.map(([, text]) => text).join('');
const widthsOf = (sight: NetworkPicture | undefined): number[] =>
  sight?.rows.map((row) => [...stripVTControlCharacters(row)].length) ?? [];

const space = fc.record({ columns: fc.integer({ min: -1, max: 80 }), rows: fc.integer({ min: -1, max: 40 }) });
const theme = fc
  .record({ color: fc.constantFrom(0, 1, 2, 3), glyphs: fc.constantFrom('braille', 'ascii') })
  .map((looks) => createTheme(looks as Parameters<typeof createTheme>[0]));

test('a latent of any shape stays within its space, its rows exactly as wide as it says', () => {
  const side = fc.integer({ min: 1, max: 12 });
  const shape = fc.oneof(fc.tuple(side, side, side), fc.tuple(fc.integer({ min: 1, max: 500 })));
  fc.assert(
    fc.property(shape, fc.uint8Array({ maxLength: 600 }), space, theme, (latentShape, values, room, looks) => {
      const sight = latentPicture(...withLatent(latentShape, values), room, looks);
      expect(widthsOf(sight)).toEqual(Array(sight?.rows.length ?? 0).fill(sight?.columns));
      expect(sight?.columns).toBeLessThanOrEqual(Math.max(0, room.columns));
      expect(widthOf(sight?.caption ?? [])).toBeLessThanOrEqual(Math.max(0, room.columns));
      expect(sight?.rows.length).toBeLessThanOrEqual(Math.max(0, room.rows));
    }),
  );
});

test('filters of any shape stay within their space, their rows exactly as wide as they say', () => {
  const side = fc.integer({ min: 1, max: 7 });
  const shape = fc.tuple(fc.integer({ min: 1, max: 70 }), side, side, fc.integer({ min: 1, max: 4 }));
  const bound = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      shape,
      fc.uint8Array({ maxLength: 600 }),
      bound,
      bound,
      space,
      theme,
      (filters, values, low, high, room, looks) => {
        const sight = filtersPicture(withFilters(filters, values, low, high), room, looks);
        expect(widthsOf(sight)).toEqual(Array(sight?.rows.length ?? 0).fill(sight?.columns));
        expect(sight?.columns).toBeLessThanOrEqual(Math.max(0, room.columns));
        expect(widthOf(sight?.caption ?? [])).toBeLessThanOrEqual(Math.max(0, room.columns));
        expect(sight?.rows.length).toBeLessThanOrEqual(Math.max(0, room.rows));
      },
    ),
  );
});

test('the maps of a latent are its channels, on one scale', () => {
  const sight = latentPicture(
    ...withLatent([1, 2, 3], Uint8Array.of(255, 0, 128, 0, 0, 128)),
    { columns: 8, rows: 1 },
    plain,
  );
  expect(captionOf(sight)).toBe('latent');
  expect(sight).toMatchObject({ columns: 8, rows: ['@     ++'] });
});

test('a latent without places is one row of cells, more where it is longer than the space', () => {
  const values = Uint8Array.of(255, 0, 255, 0, 255);
  const rowsIn = (columns: number): readonly string[] | undefined =>
    latentPicture(...withLatent([5], values.slice()), { columns, rows: 3 }, plain)?.rows;
  expect(rowsIn(10)).toEqual(['@@  @@  @@']);
  expect(rowsIn(4)).toEqual(['@@  ', '@@  ', '@@  ']);
});

test('filters show the sign of their weights, the largest as strong as can be', () => {
  const bytes = Uint8Array.of(255, 0, 127, 128);
  const sight = filtersPicture(withFilters([2, 1, 2, 1], bytes, -0.01, 0.01), { columns: 5, rows: 1 }, plain);
  expect(sight).toMatchObject({ columns: 5, rows: ['#=   '] });
});

test('says how many are left out', () => {
  const many = withFilters([20, 3, 3, 1], new Uint8Array(180));
  const at = (columns: number): string | undefined => captionOf(filtersPicture(many, { columns, rows: 2 }, plain));
  expect([35, 24, 7, 3].map(at)).toEqual([
    'filters of encoder.0 3×3, 9 of 20',
    'filters 3×3, 6 of 20',
    'filters',
    'fi…',
  ]);
});

test('latent and filters fill a column together, and neither crowds the other out', () => {
  const sights = networkPictures({ place: 'beside', columns: 31, rows: 33 }, frame, image, plain);
  expect(sights.map((sight) => [captionOf(sight), sight.rows.length])).toEqual([
    ['latent 7×7×4', 15],
    ['filters of encoder.0 3×3', 15],
  ]);
});

test('a latent that is not all that the decoder gets is called so', () => {
  const captions = (columns: number) =>
    networkPictures({ place: 'beside', columns, rows: 33 }, frame, image, plain, { isBypassed: true }).map(captionOf);
  expect(captions(40)[0]).toBe('latent 7×7×4 + skip connections');
  expect(captions(24)[0]).toBe('latent 7×7×4 + skips');
});

test('without latent and filters there is nothing', () => {
  const bare = { ...frame, latentShape: undefined, filters: undefined };
  expect(
    networkPictures({ place: 'below', columns: 80, rows: 9 }, bare, { ...image, latent: undefined }, plain),
  ).toEqual([]);
});
