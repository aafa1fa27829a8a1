// The sample images as one canvas: words and pictures in their rows, and where a click hits which picture.

import type { FilmFrame } from '../../../dashboard/film/filmFrame.js';
import { memoize } from '../../charts/memoize.js';
import type { DigitsLayout } from '../../layout/digitsLayout.js';
import type { PictureKind } from '../../rows/pictures/digitPictures.js';
import {
  digitColumns,
  digitLabels,
  digitLosses,
  digitPictures,
  digitRows,
  digitsShown,
  PICTURE_LABELS,
} from '../../rows/pictures/digitsRows.js';
import { type Span, type Theme, widthOf } from '../../theme/theme.js';
import type { CanvasContent } from '../canvasContent.js';

export interface DigitsLook {
  readonly layout: DigitsLayout;
  readonly columns: number;
  /** The chosen one. */
  readonly digit: number;
  readonly graphics: boolean;
  /** Stand above the digits. */
  readonly title: readonly (readonly Span[])[];
}

/** Drawn once for each sample, as long as it has to look the same. */
export function digitsCanvas(frame: FilmFrame, look: DigitsLook, theme: Theme): CanvasContent {
  const { color, glyphs, black } = theme;
  return canvases(frame, JSON.stringify([look, color, glyphs, black]), () => drawn(frame, look, theme));
}

const canvases = memoize<FilmFrame, CanvasContent>();

function drawn(frame: FilmFrame, { layout, columns, digit, graphics, title }: DigitsLook, theme: Theme): CanvasContent {
  const { tile, gap, labelColumns, labels, target = false, error, apart, framed } = layout;
  const shown = digitsShown(frame, layout, digit);
  const width = digitColumns(shown, layout);
  const words = (spans: readonly Span[]): string => theme.line(spans) + ' '.repeat(columns - widthOf(spans));
  const after = ' '.repeat(columns - labelColumns - width);
  const above = [...title, ...(labels ? [digitLabels(shown, layout)] : [])].map(words);
  const free = apart ? [words([])] : [];
  const kinds: readonly PictureKind[] = [
    'input',
    ...(target ? (['target'] as const) : []),
    'reconstruction',
    ...(error ? (['error'] as const) : []),
  ];
  const rowOf = (place: number): number => above.length + place * (tile.rows + free.length);
  const pictureRows = kinds.map((kind) => {
    const label = labelCells(kind, layout, theme);
    return digitRows(shown, kind, frame.shape, layout, theme).map((cells, row) => label[row] + cells + after);
  });
  const hit = {
    type: 'digits',
    first: shown.first,
    count: shown.images.length,
    columnsEach: tile.columns + gap,
  } as const;
  return {
    columns,
    rows: [
      ...above,
      ...pictureRows.flatMap((rows, place) => (place === 0 ? rows : [...free, ...rows])),
      ...(framed ? [words(digitLosses(shown, layout))] : []),
    ],
    pictures: graphics
      ? kinds.flatMap((kind, place) => digitPictures(shown, kind, frame.shape, layout, rowOf(place)))
      : [],
    areas: kinds.map((_, place) => ({
      ...{ row: rowOf(place), column: labelColumns },
      ...{ columns: width, rows: tile.rows, target: hit },
    })),
  };
}

/** The name of a row of pictures, beside its middle. */
function labelCells(kind: PictureKind, { tile, labelColumns }: DigitsLayout, theme: Theme): string[] {
  const label = ` ${PICTURE_LABELS[kind]}`;
  const middle = Math.floor(tile.rows / 2);
  return Array.from({ length: tile.rows }, (_, row) => {
    const text = row === middle ? label : '';
    return theme.paint('label', text) + ' '.repeat(labelColumns - text.length);
  });
}
