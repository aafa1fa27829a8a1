// The words of a stream that is watched for anomalies.
import type { Detection } from '../../dashboard/detection/detection.js';
import type { SampleImage } from '../../dashboard/film/filmFrame.js';
import { formatCount, formatLoss } from '../../dashboard/format.js';
import { printable } from '../../text/printable.js';
import type { DigitsLayout } from '../layout/digitsLayout.js';
import { type Span, type Theme, widthOf } from '../theme/theme.js';
import { firstThatFits, fitPieces, spread } from './fitWords.js';
import type { PictureKind } from './pictures/digitPictures.js';
import { digitRows, PICTURE_LABELS } from './pictures/digitsRows.js';

/** What watches what, and how many of how many are anomalies. */
export function detectionHeader({ model, shape, seen, found }: Detection, columns: number): Span[] {
  const counts: Span[] = [
    [found > 0 ? 'bad' : 'good', formatCount(found)],
    ['label', ' of '],
    ['value', formatCount(seen)],
  ];
  const said: Span[] = [...counts, ['label', ' above']];
  const right = firstThatFits([[...counts, ['label', ' images above the threshold']], said, counts], columns - 2);
  const name = printable(model);
  const left = fitPieces(
    [
      { span: ['value', 'detect'], rank: 0 },
      { span: ['label', name.length > 40 ? `…${name.slice(-39)}` : name], rank: 1 },
      { span: ['label', shape.join('×')], rank: 2 },
    ],
    columns - 4 - widthOf(right),
  );
  return spread(left, right, columns);
}

/** The threshold, and the newest error where there is no chart. */
export function thresholdNote({ threshold, fitted }: Detection, columns: number): Span[] {
  const line: Span[] = [
    ['warning', '┄ '],
    ['label', 'threshold '],
    ['value', formatLoss(threshold)],
  ];
  return firstThatFits([[...line, ['label', ` · ${fitted}`]], line, []], columns);
}

export function detectionKeys(columns: number): Span[] {
  const keys: Span[] = [
    ['value', 'q'],
    ['label', ' quit'],
  ];
  return spread(keys, [], columns);
}

/** The last anomalies: input over reconstruction, the signed error below, then which one it is and how large its error. */
export function anomalyRows(
  anomalies: readonly SampleImage[],
  shape: Detection['shape'],
  layout: DigitsLayout,
  columns: number,
  theme: Theme,
): string[] {
  const { tile, gap, count, labelColumns } = layout;
  const images = anomalies.slice(0, count);
  const kinds: readonly PictureKind[] = ['input', 'reconstruction', ...(layout.error ? (['error'] as const) : [])];
  const shown = { first: 0, images, chosen: -1 };
  const width = images.length === 0 ? 0 : images.length * (tile.columns + gap) - gap;
  const after = ' '.repeat(Math.max(0, columns - labelColumns - width));
  const pictures = kinds.flatMap((kind) =>
    digitRows(shown, kind, shape, layout, theme).map(
      (cells, row) => theme.line([labelOf(kind, row, layout)]) + cells + after,
    ),
  );
  const words = captions(images, tile.columns + gap);
  return [...pictures, theme.line(filled([['value', ' '.repeat(labelColumns)], ...words], columns))];
}

function labelOf(kind: PictureKind, row: number, { tile, labelColumns }: DigitsLayout): Span {
  const text = row === Math.floor(tile.rows / 2) ? ` ${PICTURE_LABELS[kind]}` : '';
  return ['label', text.padEnd(labelColumns)];
}

/** `1234 0.05123` below each picture; the errors alone where not all of them have room. */
function captions(images: readonly SampleImage[], columns: number): Span[] {
  const words = images.map(({ index, loss }) => ({ place: `${index} `, error: formatLoss(loss) }));
  const both = words.every(({ place, error }) => place.length + error.length < columns);
  return words.flatMap(({ place, error }): Span[] => {
    const shown = both ? place : '';
    const room = columns - 1 - shown.length;
    return [
      ['label', shown],
      ['bad', error.slice(0, room).padEnd(room)],
      ['value', ' '],
    ];
  });
}

/** Exactly so many cells; the free one behind the last caption may be too much. */
function filled(spans: readonly Span[], columns: number): Span[] {
  const missing = columns - widthOf(spans);
  return missing < 0 ? spans.slice(0, -1) : [...spans, ['value', ' '.repeat(missing)]];
}
