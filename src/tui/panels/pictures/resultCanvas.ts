// The pictures of a result as one canvas: a row for each image, what went in, and what came out first, at best and last.

import type { SampleImage } from '../../../dashboard/film/filmFrame.js';
import { formatLoss } from '../../../dashboard/format.js';
import { type Milestone, type ResultFrame, worstFirst } from '../../../dashboard/result.js';
import { type PictureKind, pictureImage, pictureRows } from '../../rows/pictures/digitPictures.js';
import type { Area } from '../../screen/hitArea.js';
import type { PlacedPicture } from '../../screen/patch.js';
import { type Span, type Theme, widthOf } from '../../theme/theme.js';
import { RESULT_LABEL_COLUMNS, type ResultPicturesLayout } from '../../views/resultLayout.js';
import type { CanvasContent } from '../canvasContent.js';

const GAP = 2;

/** A column of pictures. */
interface Column {
  readonly frame: ResultFrame['frame'];
  readonly kind: PictureKind;
  readonly name: string;
}

/** What stands beside each other for each image. */
export function resultColumns(frames: readonly ResultFrame[]): Column[] {
  const last = frames.at(-1);
  if (last === undefined) return [];
  const given: PictureKind[] = last.frame.images.some(({ target }) => target) ? ['input', 'target'] : ['input'];
  return [
    ...given.map((kind) => ({ frame: last.frame, kind, name: kind === 'input' ? 'in' : kind })),
    ...frames.map(({ frame, names }) => ({ frame, kind: 'reconstruction' as const, name: named(names) })),
  ];
}

/** `last, the best`. */
function named(names: readonly Milestone[]): string {
  return names.length > 1 && names.includes('best')
    ? `${names.find((name) => name !== 'best')}, best`
    : names.join(', ');
}

export function drawResult(
  frames: readonly ResultFrame[],
  { columns, tile, magnification, images }: ResultPicturesLayout,
  title: readonly Span[],
  graphics: boolean,
  theme: Theme,
): CanvasContent {
  const shown = resultColumns(frames);
  const last = frames.at(-1)!.frame;
  const words = (spans: readonly Span[]): string =>
    theme.line(spans) + ' '.repeat(Math.max(0, columns - widthOf(spans)));
  const cell = (text: string): string => text.slice(0, tile.columns).padEnd(tile.columns + GAP);
  const width = shown.length * (tile.columns + GAP) - GAP;
  const cellsOf = (label: string, texts: readonly string[]): string =>
    words([['label', label.padEnd(RESULT_LABEL_COLUMNS) + texts.map(cell).join('').slice(0, width)]]);
  const rows = [
    words(title),
    cellsOf(
      '',
      shown.map(({ name }) => name),
    ),
  ];
  const pictures: PlacedPicture[] = [];
  const areas: Area[] = [];
  const after = ' '.repeat(Math.max(0, columns - RESULT_LABEL_COLUMNS - width));
  for (const place of worstFirst(last).slice(0, images)) {
    const top = rows.length;
    const of = ({ frame }: Column): SampleImage => frame.images[place] ?? last.images[place]!;
    const tiles = shown.map((column) =>
      pictureRows(of(column), column.kind, last.shape, { ...theme, space: tile, magnification }),
    );
    const label = last.images[place]?.label;
    for (let row = 0; row < tile.rows; row++) {
      const name = row === Math.floor(tile.rows / 2) && label !== undefined ? ` ${label}` : '';
      const cells = tiles.map((picture) => picture[row] ?? ' '.repeat(tile.columns)).join(' '.repeat(GAP));
      rows.push(theme.paint('label', name.slice(0, RESULT_LABEL_COLUMNS).padEnd(RESULT_LABEL_COLUMNS)) + cells + after);
    }
    rows.push(
      cellsOf(
        ' mse',
        shown.map((column) => (column.kind === 'reconstruction' ? formatLoss(of(column).loss) : '')),
      ),
    );
    if (graphics)
      pictures.push(
        ...shown.map((column, index) => ({
          ...tile,
          row: top,
          column: RESULT_LABEL_COLUMNS + index * (tile.columns + GAP),
          image: pictureImage(of(column), column.kind, last.shape),
        })),
      );
    const target = { type: 'digits', first: place, count: 1, columnsEach: width } as const;
    areas.push({ row: top, column: RESULT_LABEL_COLUMNS, columns: width, rows: tile.rows, target });
  }
  return { columns, rows, pictures, areas };
}
