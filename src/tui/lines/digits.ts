// The probes as rows of cells: inputs beside each other, their reconstructions below.
import { drawTile } from '../charts/tile.js';
import { formatCount, formatLoss } from '../format.js';
import { DIGITS_LABEL_COLUMNS, type DigitsLayout } from '../layout.js';
import type { Probes } from '../state.js';
import type { Span, Theme } from '../theme.js';

/** What stands above the digits: what they are, and since when. */
export function digitsTitle(probes: Probes | undefined, dataset: string | undefined): { title: string; note: Span[] } {
  const kind = dataset === 'mnist' ? 'digits' : 'images';
  if (probes === undefined) return { title: kind, note: [] };
  const when = probes.step === 0 ? 'before training' : `after step ${formatCount(probes.step)}`;
  return { title: `${probes.split} ${kind}`, note: [['label', when]] };
}

/** The rows of all inputs, or of all reconstructions. */
export function digitRows(
  { images, shape }: Probes,
  which: 'input' | 'reconstruction',
  { tile, count, gap }: DigitsLayout,
  theme: Theme,
): string[] {
  const tiles = images.slice(0, count).map((image) => drawTile(image[which], shape, { ...theme, space: tile }));
  return Array.from({ length: tile.rows }, (_, row) => tiles.map((rows) => rows[row] ?? '').join(' '.repeat(gap)));
}

/** Cells of {@link digitRows}. */
export function digitColumns({ tile, count, gap }: DigitsLayout): number {
  return count * (tile.columns + gap) - gap;
}

/** Each reconstruction's loss under its image. */
export function digitLosses({ images }: Probes, { tile, count, gap }: DigitsLayout): Span[] {
  const cells = images.slice(0, count).map(({ loss }) => {
    const text = tile.columns >= 8 ? formatLoss(loss) : formatLoss(loss).slice(0, tile.columns);
    const before = Math.floor((tile.columns - text.length) / 2);
    return `${' '.repeat(before)}${text}`.padEnd(tile.columns + gap);
  });
  return [['label', ' mse'.padEnd(DIGITS_LABEL_COLUMNS) + cells.join('').trimEnd()]];
}
