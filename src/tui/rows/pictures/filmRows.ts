// Where the film stands: a bar over the whole run, and what was known at that step.

import { frameAt } from '../../../dashboard/film/film.js';
import { formatCount, formatDuration, formatLoss } from '../../../dashboard/format.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { drawScrubBar } from '../../charts/scrubBar.js';
import type { Span } from '../../theme/theme.js';
import type { ViewState } from '../../viewState.js';
import { fitPieces, type Piece } from '../fitWords.js';

/** `‖ at step 562,500` */
const STATE_COLUMNS = 17;
/** Below this width the state is a sign without its words. */
const NARROW = 60;

/** What stands above the bar where there is no room for pictures. */
export function filmTitle({ film }: DashboardState, { cursor }: ViewState): string {
  const frame = frameAt(film, cursor);
  if (frame === undefined) return 'no sample so far';
  return `sample ${formatCount(frame.number)} of ${formatCount(film.frames.at(-1)?.number)}`;
}

/** As many rows as there is room for: the bar, then the figures. */
export function scrubRows(state: DashboardState, look: ViewState, columns: number, rows: number): Span[][] {
  const frame = frameAt(state.film, look.cursor);
  if (frame === undefined) return [];
  const [first, last] = [state.film.frames[0]!, state.film.frames.at(-1)!];
  const narrow = columns < NARROW;
  const stateColumns = narrow ? 1 : STATE_COLUMNS;
  const [tone, words] = playingState(look, frame.step);
  const bar: Span[] = [
    ['value', ' '],
    [tone, words.slice(0, stateColumns).padEnd(stateColumns)],
    ['value', '  '],
    ...drawScrubBar((frame.step - first.step) / (last.step - first.step), columns - stateColumns - 4),
  ];
  const before = ' '.repeat(narrow ? 1 : stateColumns + 3);
  const below: Span[] = [['value', before], ...fitPieces(figures(state, look), columns - before.length - 1)];
  return [bar, below].slice(0, rows);
}

function playingState({ cursor, playing }: ViewState, step: number): Span {
  if (playing) return ['accent', '▶ playing'];
  if (cursor === undefined) return ['good', '● newest'];
  return ['label', step === 0 ? '‖ at the start' : `‖ at step ${formatCount(step)}`];
}

function figures({ film }: DashboardState, { cursor, digit }: ViewState): Piece[] {
  const { step, epoch, elapsedMs, loss, images } = frameAt(film, cursor)!;
  const last = film.frames.at(-1)!;
  const numbered = (label: string, text: string, widest: string, rank: number): Piece => ({
    span: ['value', `${label} ${text.padStart(widest.length)}`],
    rank,
  });
  return [
    numbered('step', formatCount(step), formatCount(last.step), 0),
    numbered('epoch', String(epoch), String(last.epoch), 2),
    numbered('time', formatDuration(elapsedMs), formatDuration(last.elapsedMs), 3),
    { span: ['value', `loss ${formatLoss(loss).padEnd(formatLoss(last.loss).length)}`], rank: 1 },
    numbered('digit', `${Math.min(digit, images.length - 1) + 1} of ${images.length}`, '', 4),
  ];
}
