// The words around the chosen digit.

import { type Film, frameAt, placeAt } from '../../../dashboard/film/film.js';
import { formatLoss } from '../../../dashboard/format.js';
import { drawBars } from '../../charts/sparkline.js';
import type { Glyphs } from '../../theme/capabilities.js';
import type { Span } from '../../theme/theme.js';

const LOSS_COLUMNS = 8;

/** The digit's own loss over the film: bright what has been, faint what is to come. */
export function pinnedLoss(
  film: Film,
  cursor: number | undefined,
  digit: number,
  columns: number,
  glyphs: Glyphs,
): Span[] {
  const head: Span[] = [
    ['label', 'mse '],
    ['value', `${formatLoss(frameAt(film, cursor)?.images[digit]?.loss).padEnd(LOSS_COLUMNS)} `],
  ];
  const width = columns - 4 - LOSS_COLUMNS - 1;
  const last = film.frames.length - 1;
  if (width < 1 || last < 1) return head;
  const losses = Array.from({ length: width }, (_, column) => {
    const place = Math.round((column / Math.max(1, width - 1)) * last);
    return film.frames[place]?.images[digit]?.loss ?? Number.NaN;
  });
  const bars = drawBars(losses, glyphs);
  const until = 1 + Math.round((placeAt(film, cursor) / last) * (width - 1));
  return [...head, ['accent', bars.slice(0, until)], ['rule', bars.slice(until)]];
}
