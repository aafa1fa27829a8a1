import { imageSteps } from '../../dashboard/tags/imageSteps.js';
import { tagRange, tagStepNear } from '../../dashboard/tags/readTagHistory.js';
import type { TagAction } from '../keys/tagKeys.js';
import { figureOf, itemsOf, type ShownTags, shownTags, stepsOfTag } from '../rows/tags/shownTags.js';
import { wordRows } from '../rows/tags/tagCell.js';
import { planTags, type TagsPlan } from '../rows/tags/tagsPage.js';
import type { Key } from '../screen/parseKeys.js';
import { DENSITIES, SMOOTHINGS, TAG_KINDS, TAG_SCALES, type TagsLook } from '../tagsLook.js';
import { createTheme } from '../theme/theme.js';
import type { ViewState } from '../viewState.js';
import { roomOf } from '../views/contentArea.js';
import { type Action, type ActionContext, updateView } from './action.js';
import { togglePlaying } from './filmCursor.js';

export const tagActions: Readonly<Record<TagAction, Action>> = {
  tagBefore: updateView((chosen, context) => selectTag(-1, chosen, context)),
  tagAfter: updateView((chosen, context) => selectTag(1, chosen, context)),
  tagPageUp: updateView((chosen, context) => selectPage(-1, chosen, context)),
  tagPageDown: updateView((chosen, context) => selectPage(1, chosen, context)),
  tagLarge: updateView((chosen) => ({ ...withLook(chosen, { large: !chosen.tags.large }), scroll: 0 })),
  tagFilter: updateView((chosen) => withLook(chosen, { typing: true, large: false })),
  tagPin: updateView(togglePin),
  tagFilm: updateView((chosen, { state }) =>
    imageSteps(state.tags).length === 0
      ? { ...chosen, refusal: 'there are no pictures to play' }
      : togglePlaying(state, chosen),
  ),
  smoothing: updateView((chosen) => withLook(chosen, { smoothing: after(SMOOTHINGS, chosen.tags.smoothing) })),
  density: updateView((chosen) => withLook(chosen, { density: after(DENSITIES, chosen.tags.density) })),
  kind: updateView((chosen) => withLook(chosen, { kind: after([undefined, ...TAG_KINDS], chosen.tags.kind) })),
};

export function nextTagScale(chosen: ViewState): ViewState {
  return withLook(chosen, { scale: after(TAG_SCALES, chosen.tags.scale) });
}

function after<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length]!;
}

export function withLook(chosen: ViewState, look: Partial<TagsLook>): ViewState {
  return { ...chosen, tags: { ...chosen.tags, ...look } };
}

/** What is chosen does not depend on how it looks. */
const THEME = createTheme({ color: 0, glyphs: 'ascii' });

function planned(chosen: ViewState, { state, size, view }: ActionContext): { plan: TagsPlan; shown: ShownTags } {
  const now = { ...view, viewState: chosen };
  const shown = shownTags(state, now, THEME);
  return { shown, plan: planTags(shown, roomOf(size, now)) };
}

/** The next tag (`by` 1) or the one before (-1), as far as there are any. */
export function selectTag(by: number, chosen: ViewState, context: ActionContext): ViewState {
  const { groups, item } = planned(chosen, context).plan;
  const items = groups.flatMap((group) => group.items);
  const next = items[Math.min(items.length - 1, Math.max(0, (item ? items.indexOf(item) : 0) + by))];
  return next === undefined ? chosen : { ...withLook(chosen, { chosen: next.id }), scroll: 0 };
}

/** The first tag of the next page, or of the one before; words that are large move instead. */
export function selectPage(by: 1 | -1, chosen: ViewState, context: ActionContext): ViewState {
  const { plan, shown } = planned(chosen, context);
  const { layout, page, item, space } = plan;
  if (shown.look.large) {
    if (item?.kind !== 'text') return selectTag(by, chosen, context);
    const last = Math.max(0, wordRows(item, shown, space.columns).length - space.rows);
    return { ...chosen, scroll: Math.min(last, Math.max(0, chosen.scroll + by * Math.max(1, space.rows - 1))) };
  }
  const wanted = layout.pages[Math.min(layout.pages.length - 1, Math.max(0, page + by))];
  const first = wanted?.lines.find((line) => line.type === 'cells');
  return first?.type !== 'cells' ? chosen : withLook(chosen, { chosen: first.items[0]!.id });
}

function togglePin(chosen: ViewState, context: ActionContext): ViewState {
  const { item } = planned(chosen, context).plan;
  if (item === undefined) return chosen;
  const { pinned } = chosen.tags;
  const isPinned = pinned.includes(item.id);
  return withLook(chosen, {
    chosen: item.id,
    pinned: isPinned ? pinned.filter((id) => id !== item.id) : [...pinned, item.id],
  });
}

const MOST_FILTER = 64;

/** What a key does to the filter while it is typed; nothing where the key keeps its meaning. */
export function typedInto(chosen: ViewState, key: Key): ViewState | undefined {
  const { filter } = chosen.tags;
  if (key === 'enter') return withLook(chosen, { typing: false });
  if (key === 'escape') return withLook(chosen, { typing: false, filter: '' });
  if (key === 'ctrl-u') return withLook(chosen, { filter: '' });
  if (key === 'backspace') return withLook(chosen, { filter: [...filter].slice(0, -1).join('') });
  const character = key === 'space' ? ' ' : key;
  if ([...character].length > 1) return undefined;
  return filter.length >= MOST_FILTER ? chosen : withLook(chosen, { filter: filter + character });
}

/** From value to value of the chosen tag, a column away at least; past the newest it follows the run. */
export function moveTagCursor(by: number, chosen: ViewState, context: ActionContext): ViewState {
  const { plan, shown } = planned(chosen, context);
  const { item, layout, space } = plan;
  if (item === undefined) return chosen;
  const cursor =
    item.kind === 'figure'
      ? figureCursor(item.name, by, chosen, shown, columnStep(plan))
      : stepAmong(stepsOfItem(), chosen.cursor, by);
  return { ...chosen, cursor, playing: false };

  function columnStep({ item: figure }: TagsPlan): number {
    const { from, to } = stepsOfTag(shown, figure!);
    const columns = shown.look.large ? space.columns : layout.cell.columns;
    return Math.max(1, Math.floor((to - from) / Math.max(1, columns - 1)));
  }
  function stepsOfItem(): readonly number[] {
    const { runs } = shown;
    if (item!.kind === 'image') return imageSteps(context.state.tags);
    const shelf = item!.kind === 'histogram' ? 'histograms' : 'texts';
    return itemsOf<{ step: number; bytes: number }>(runs, ({ state }) => state.tags[shelf], item!.name).map(
      ({ step }) => step,
    );
  }
}

function figureCursor(
  name: string,
  by: number,
  { cursor }: ViewState,
  { runs }: ShownTags,
  columnStep: number,
): number | undefined {
  const run = runs.find((candidate) => figureOf(candidate, name) !== undefined);
  const history = run && figureOf(run, name)?.history;
  const range = history && tagRange(history);
  if (history === undefined || range === undefined) return cursor;
  if (by === Number.NEGATIVE_INFINITY) return range.from;
  const here = Math.min(cursor ?? range.to, range.to);
  const wanted = here + by * columnStep;
  const next = by < 0 ? (tagStepNear(history, wanted, -1) ?? range.from) : tagStepNear(history, wanted, 1);
  return next === undefined || next >= range.to ? undefined : next;
}

/** The step `by` places after that of the cursor; nothing, which follows the run, past the newest. */
export function stepAmong(steps: readonly number[], cursor: number | undefined, by: number): number | undefined {
  if (steps.length === 0) return cursor;
  if (by === Number.NEGATIVE_INFINITY) return steps[0];
  const here =
    cursor === undefined
      ? steps.length - 1
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= cursor),
        );
  const place = Math.max(0, here + by);
  return place >= steps.length - 1 && by > 0 ? undefined : steps[place];
}
