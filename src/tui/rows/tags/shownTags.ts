// What the drawing of a tag follows from: the runs, the chosen one first, and what the person has chosen.
import type { StepRange } from '../../../dashboard/history/stepRange.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { tagRange } from '../../../dashboard/tags/readTagHistory.js';
import { itemAt, type Shelf, type ShelfItem, type ShelfRow } from '../../../dashboard/tags/shelf.js';
import type { TagFigure } from '../../../dashboard/tags/tags.js';
import { printable } from '../../../text/printable.js';
import { stepsShown } from '../../charts/loss/chartWindow.js';
import { asciiOfRun } from '../../charts/loss/marks.js';
import { tagsLookOf } from '../../presentView.js';
import type { TagsLook } from '../../tagsLook.js';
import type { Tone } from '../../theme/palette.js';
import { type Theme, toneOfRun } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState, type ViewState } from '../../viewState.js';
import type { TagItem } from './tagItems.js';

export interface TagRun {
  readonly state: DashboardState;
  readonly name: string;
  readonly tone: Tone;
  readonly ascii: string;
}

export interface ShownTags {
  /** The chosen one first. */
  readonly runs: readonly TagRun[];
  readonly chosen: ViewState;
  readonly look: TagsLook;
  readonly theme: Theme;
}

export function shownTags(state: DashboardState, view: ViewContext, theme: Theme): ShownTags {
  const chosen = view.viewState ?? initialViewState;
  const states = view.runs ?? [state];
  const runs = states.map((run, place): TagRun => {
    const name = printable(view.runNames?.[place] ?? run.run?.run ?? `run ${place + 1}`);
    return { state: run, name, tone: toneOfRun(place), ascii: asciiOfRun(place) };
  });
  const first = Math.max(0, states.indexOf(state));
  const ordered = [...runs.slice(first, first + 1), ...runs.filter((_, place) => place !== first)];
  return { runs: ordered, chosen, look: tagsLookOf(state, chosen), theme };
}

/** The figure of a run; nothing where it has none of this name. */
export function figureOf({ state: { tags } }: Pick<TagRun, 'state'>, name: string): TagFigure | undefined {
  return tags.figures[tags.places.get(name) ?? -1];
}

export function rowOf<Item extends ShelfItem>(shelf: Shelf<Item>, name: string): ShelfRow<Item> | undefined {
  return shelf.rows[shelf.places.get(name) ?? -1];
}

/** Of the first run that has any. */
export function itemsOf<Item extends ShelfItem>(
  runs: readonly TagRun[],
  shelfOf: (run: TagRun) => Shelf<Item>,
  name: string,
): readonly Item[] {
  for (const run of runs) {
    const items = rowOf(shelfOf(run), name)?.items ?? [];
    if (items.length > 0) return items;
  }
  return [];
}

export function shownItem<Item extends ShelfItem>(
  runs: readonly TagRun[],
  shelfOf: (run: TagRun) => Shelf<Item>,
  name: string,
  cursor: number | undefined,
): Item | undefined {
  return itemAt(itemsOf(runs, shelfOf, name), cursor);
}

/** The steps that a chart of the tag shows: all that its runs have, or those of the window. */
export function stepsOfTag({ runs, chosen }: Pick<ShownTags, 'runs' | 'chosen'>, item: TagItem): StepRange {
  const { window, cursor, steps } = chosen;
  const range = window === 'all' ? allSteps(runs, item) : windowOf(runs, window, cursor);
  return steps === 'log' ? { from: Math.max(1, range.from), to: Math.max(1, range.to), logarithmic: true } : range;
}

function windowOf(runs: readonly TagRun[], window: ViewState['window'], cursor: number | undefined): StepRange {
  const last = Math.max(...runs.map(({ state }) => state.tags.lastStep));
  return stepsShown(window, cursor, last, runs[0]?.state.tags.lastStep);
}

function allSteps(runs: readonly TagRun[], item: TagItem): StepRange {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const run of runs) {
    const figure = figureOf(run, item.name);
    const range = figure && tagRange(figure.history);
    if (range === undefined) continue;
    from = Math.min(from, range.from);
    to = Math.max(to, range.to);
  }
  return from <= to ? { from, to } : { from: 0, to: 1 };
}
