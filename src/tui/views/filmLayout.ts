// What fits into the film view. As rows get scarce, these leave: the loss curve, the signed error, title and losses of the
// digits with the figures below the bar, and the digits last; the bar stays. Labels and free rows take what is left over.

import type { DashboardState } from '../../dashboard/state.js';
import {
  type DigitsContent,
  type DigitsKind,
  type DigitsLayout,
  digitsRows,
  fitDigits,
  spreadDigits,
} from '../layout/digitsLayout.js';
import { layOutPinned, type PinnedLayout } from '../layout/pinnedLayout.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';
import { roomOf } from './contentArea.js';
import { digitsContent } from './overviewLayout.js';

export interface FilmLayout {
  readonly digits: DigitsLayout | undefined;
  /** Takes the place of the digits. */
  readonly pinned: PinnedLayout | undefined;
  /** Bar, and figures below it. */
  readonly scrub: number;
  /** A free row above the bar. */
  readonly apart: boolean;
  /** The loss curve with its title. */
  readonly curve: number;
}

const TITLE = 1;
const SCRUB = 2;
const CURVE = { least: 6, most: 18 } as const;
/** As long as the run has no sample. */
const NOTHING_YET = { digits: undefined, pinned: undefined, scrub: 0, apart: false, curve: 0 } as const;

export function filmLayout(state: DashboardState, view: ViewContext, terminal: Size): FilmLayout {
  const space = roomOf(terminal, view);
  const content = digitsContent(state, view);
  if (content === undefined || state.film.frames.length === 0) return NOTHING_YET;
  return (view.viewState?.pinned === true ? pinnedFilm : film)(content, space);
}

function pinnedFilm({ shape }: DigitsContent, { columns, rows }: Size): FilmLayout {
  const scrub = rows >= ENOUGH_ROWS.figures ? SCRUB : 1;
  const apart = rows >= ENOUGH_ROWS.apart;
  const pinned = layOutPinned(shape, { columns, rows: rows - TITLE - scrub - (apart ? 1 : 0) });
  return pinned === undefined
    ? { ...NOTHING_YET, scrub: SCRUB }
    : { digits: undefined, pinned, scrub, apart, curve: 0 };
}

/** Below these the free row above the bar and the figures below it leave for the chosen digit. */
const ENOUGH_ROWS = { apart: 20, figures: 10 } as const;

const STAGES: readonly { readonly digits: DigitsKind; readonly error: boolean; readonly scrub: number }[] = [
  { digits: 'whole', error: true, scrub: SCRUB },
  { digits: 'half', error: true, scrub: SCRUB },
  { digits: 'half', error: false, scrub: SCRUB },
  { digits: 'small', error: false, scrub: 1 },
];

function film(content: DigitsContent, { columns, rows }: Size): FilmLayout {
  for (const { digits: kind, error, scrub } of STAGES) {
    const digits = fitDigits(kind, error, { columns, rows: rows - scrub }, content);
    if (digits !== undefined) return spreadOut(digits, content, scrub, rows);
  }
  return { ...NOTHING_YET, scrub: SCRUB };
}

function spreadOut(digits: DigitsLayout, content: DigitsContent, scrub: number, rows: number): FilmLayout {
  let left = rows - scrub - digitsRows(digits);
  const take = (wanted: number): boolean => {
    if (left < wanted) return false;
    left -= wanted;
    return true;
  };
  const spread = spreadDigits(digits, content, take);
  const apart = digits.framed && take(1);
  return {
    digits: spread,
    pinned: undefined,
    scrub,
    apart,
    curve: left > CURVE.least ? Math.min(CURVE.most, left - 1) : 0,
  };
}
