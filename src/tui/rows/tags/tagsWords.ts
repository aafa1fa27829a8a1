// What stands around the tags: the title, which run is which, and where the film of pictures is.
import { formatCount } from '../../../dashboard/format.js';
import { imageSteps } from '../../../dashboard/tags/imageSteps.js';
import { MOST_TAGS } from '../../../dashboard/tags/tags.js';
import { printable } from '../../../text/printable.js';
import { lineMark } from '../../charts/loss/marks.js';
import { drawRule } from '../../charts/rule.js';
import { drawScrubBar } from '../../charts/scrubBar.js';
import { type Span, widthOf } from '../../theme/theme.js';
import { firstThatFits, fitPieces } from '../fitWords.js';
import { itemsOf, type ShownTags } from './shownTags.js';
import type { TagsPlan } from './tagsPage.js';
import { tagLabel } from './tagTitle.js';

/** The title's own cells, and those at the end of its line. */
const TITLE_COLUMNS = 10;
const KIND_WORDS = { figure: 'figures', image: 'pictures', histogram: 'histograms', text: 'texts' } as const;

/** The rule above them: the filter, how many there are, the page, and how they are drawn. */
export function tagsTitle(plan: TagsPlan, { runs, look }: ShownTags, columns: number): Span[] {
  const { items, groups, layout, page, item } = plan;
  if (look.large && item !== undefined)
    return drawRule(
      cut(tagLabel(item, true), columns - TITLE_COLUMNS),
      said(item.kind === 'figure' ? drawnWords(look) : []),
      columns,
    );
  const title = look.typing
    ? `filter: ${printable(look.filter)}_`
    : look.filter !== ''
      ? `tags with "${printable(look.filter)}"`
      : look.kind === undefined
        ? 'tags'
        : KIND_WORDS[look.kind];
  const found = groups.reduce((sum, group) => sum + group.items.length, 0);
  const more = runs.some(({ state: { tags } }) => tags.more) ? ` (only the first ${formatCount(MOST_TAGS)})` : '';
  const count = found === items.length ? formatCount(found) : `${formatCount(found)} of ${formatCount(items.length)}`;
  const pages = layout.pages.length > 1 ? [`page ${page + 1} of ${layout.pages.length}`] : [];
  const words = [`${count}${more}`, ...pages, ...drawnWords(look)];
  const shown = cut(title, columns - TITLE_COLUMNS);
  const room = columns - shown.length - TITLE_COLUMNS;
  const fitting = words.map((_, last) => words.slice(0, words.length - last).join(' · '));
  const note = firstThatFits([...fitting.map((text): Span[] => [['label', text]]), []], room);
  return drawRule(shown, note, columns);
}

function drawnWords({ smoothing, scale }: ShownTags['look']): string[] {
  return [
    ...(smoothing === 0 ? [] : [`smoothed ${smoothing}`]),
    ...(scale === 'fitting' ? [] : [scale === 'log' ? 'logarithmic' : 'linear']),
  ];
}

function said(words: readonly string[]): Span[] {
  return words.length === 0 ? [] : [['label', words.join(' · ')]];
}

/** Why there is nothing below the title. */
export function nothingWords({ look }: ShownTags): string {
  if (look.filter === '') return look.kind === undefined ? 'no tags so far' : `no ${KIND_WORDS[look.kind]} so far`;
  return `no name has "${printable(look.filter)}" in it; / changes the filter, esc clears it`;
}

/** Each run in its colour. */
export function tagRunsRow({ runs, theme }: ShownTags, columns: number): Span[] {
  const pieces = runs.flatMap(({ name, tone, ascii }, place) => [
    { span: [tone, `${lineMark(ascii, theme.glyphs)} `] as const, rank: place, separator: ['value', ''] as const },
    { span: ['label', name] as const, rank: place, separator: ['value', '  '] as const },
  ]);
  return [['value', ' '], ...fitPieces(pieces, columns - 1)];
}

const STATE_COLUMNS = 20;

/** Where the pictures, or the ridges, stand in the run. */
export function tagScrubRow(plan: TagsPlan, { runs, chosen: { cursor, playing } }: ShownTags, columns: number): Span[] {
  const isRidges = plan.item?.kind === 'histogram';
  const steps = isRidges
    ? itemsOf(runs, ({ state }) => state.tags.histograms, plan.item!.name).map(({ step }) => step)
    : imageSteps(runs[0]!.state.tags);
  const [first = 0, last = 0] = [steps[0], steps.at(-1)];
  const step = steps.findLast((candidate) => cursor === undefined || candidate <= cursor) ?? first;
  const [tone, words]: Span =
    cursor === undefined
      ? ['good', `● newest, step ${formatCount(step)}`]
      : [playing ? 'accent' : 'label', `${playing ? '▶' : '‖'} at step ${formatCount(step)}`];
  const state = cut(words, Math.floor(columns / 2)).padEnd(Math.min(STATE_COLUMNS, Math.floor(columns / 2)));
  const head: Span[] = [
    ['value', ' '],
    [tone, state],
    ['value', '  '],
  ];
  return [...head, ...drawScrubBar((step - first) / (last - first), columns - widthOf(head) - 1)];
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`.slice(0, Math.max(0, columns));
}
