// The sample images as rows of cells: inputs beside each other, their reconstructions below, and where these are wrong.

import type { FilmFrame, SampleImage } from '../../../dashboard/film/filmFrame.js';
import { formatCount, formatLoss } from '../../../dashboard/format.js';
import type { DashboardState } from '../../../dashboard/state.js';
import type { DigitsLayout } from '../../layout/digitsLayout.js';
import type { PlacedPicture } from '../../screen/patch.js';
import type { Span, Theme } from '../../theme/theme.js';
import { firstThatFits } from '../fitWords.js';
import { type PictureKind, pictureImage, pictureRows } from './digitPictures.js';

export const PICTURE_LABELS: Readonly<Record<PictureKind, string>> = {
  input: 'in',
  target: 'target',
  reconstruction: 'out',
  error: 'error',
};

/** What stands above the digits. */
export function digitsTitle(frame: FilmFrame | undefined, dataset: string | undefined): string {
  const kind = dataset === 'mnist' ? 'digits' : 'images';
  return frame === undefined ? kind : `${frame.split} ${kind}`;
}

/** What stands above the chosen digit: which one it is, and what the data says it shows. */
export function pinnedTitle({ split, images }: FilmFrame, digit: number, dataset: string | undefined): string {
  const label = images[digit]?.label;
  const place = `${split} ${dataset === 'mnist' ? 'digit' : 'image'} ${digit + 1} of ${images.length}`;
  return label === undefined ? place : `${place}: ${label}`;
}

/** Beside such a title: which sample it is, and what the colours mean, as far as there is room on the row. */
export function sampleNote(
  { film }: DashboardState,
  frame: FilmFrame,
  legend: readonly Span[],
  title: string,
  columns: number,
): Span[] {
  const { number, step } = frame;
  const when = step === 0 ? 'before training' : `after step ${formatCount(step)}`;
  const which =
    frame === film.live ? 'live' : `sample ${formatCount(number)} of ${formatCount(film.frames.at(-1)?.number)}`;
  const place: Span = ['label', `${which} · ${when}`];
  const lines: Span[][] = [[place], [['label', when]], []];
  const explained: Span[][] = legend.length > 0 ? [[...legend, ['label', ' · '], place]] : [];
  return firstThatFits([...explained, ...lines], columns - title.length - RULE_COLUMNS);
}

/** What a rule needs beside title and note. */
const RULE_COLUMNS = 7;

/** What the colours of the signed error mean. */
export function errorLegend({ color, glyphs }: Theme): Span[] {
  const plain = color === 0 || glyphs === 'ascii';
  return [
    ['above', plain ? '+' : '■'],
    ['label', ' too bright  '],
    ['below', plain ? '-' : '■'],
    ['label', ' too dark'],
  ];
}

export interface ShownDigits {
  /** Place of the first one among all. */
  readonly first: number;
  readonly images: readonly SampleImage[];
  /** Place of the chosen one among all. */
  readonly chosen: number;
}

/** As many as there is room for, the chosen one among them. */
export function digitsShown({ images }: FilmFrame, { count }: DigitsLayout, digit: number): ShownDigits {
  const chosen = Math.max(0, Math.min(digit, images.length - 1));
  const first = Math.max(0, chosen - count + 1);
  return { first, images: images.slice(first, first + count), chosen };
}

/** The rows of all inputs, of all reconstructions or of all errors. */
export function digitRows(
  { images }: ShownDigits,
  kind: PictureKind,
  shape: FilmFrame['shape'],
  { tile, gap }: DigitsLayout,
  theme: Theme,
): string[] {
  const space = ' '.repeat(gap);
  const tiles = images.map((image) => pictureRows(image, kind, shape, { ...theme, space: tile }));
  return Array.from({ length: tile.rows }, (_, row) => tiles.map((rows) => rows[row] ?? '').join(space));
}

/** The same pictures pixel by pixel, each in the cells of its tile, from a row on. */
export function digitPictures(
  { images }: ShownDigits,
  kind: PictureKind,
  shape: FilmFrame['shape'],
  { tile, gap, labelColumns }: DigitsLayout,
  row: number,
): PlacedPicture[] {
  return images.map((image, place) => ({
    ...tile,
    row,
    column: labelColumns + place * (tile.columns + gap),
    image: pictureImage(image, kind, shape),
  }));
}

/** Cells of {@link digitRows}. */
export function digitColumns({ images }: ShownDigits, { tile, gap }: DigitsLayout): number {
  return images.length * (tile.columns + gap) - gap;
}

/** What each image shows, as the data says. */
export function digitLabels({ images }: ShownDigits, layout: DigitsLayout): Span[] {
  const cells = images.map(({ label }) => centred(label === undefined ? '' : String(label), layout));
  return [['label', ' '.repeat(layout.labelColumns) + cells.join(' '.repeat(layout.gap))]];
}

/** Each reconstruction's loss under its image; the chosen one is marked. */
export function digitLosses({ first, images, chosen }: ShownDigits, layout: DigitsLayout): Span[] {
  const cells = images.map(({ loss }, place): Span => {
    const marked = first + place === chosen;
    const text = marked && layout.tile.columns >= MARKED_COLUMNS ? `▸ ${formatLoss(loss)}  ` : formatLoss(loss);
    const gap = place === 0 ? '' : ' '.repeat(layout.gap);
    return [marked ? 'accent' : 'label', gap + centred(text, layout)];
  });
  return [['label', ' mse'.padEnd(layout.labelColumns)], ...cells];
}

/** Mark, loss of eight characters, and as much after it, so that the loss stands where it would without the mark. */
const MARKED_COLUMNS = 12;

function centred(text: string, { tile }: DigitsLayout): string {
  const shown = text.slice(0, tile.columns);
  const before = Math.floor((tile.columns - shown.length) / 2);
  return `${' '.repeat(before)}${shown}`.padEnd(tile.columns);
}
