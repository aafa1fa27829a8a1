// The tags as one canvas: nothing of it moves without a key, so that it is drawn anew without laying out the screen.
import { drawRule } from '../../charts/rule.js';
import { COLUMN_GAP, type TagsLine } from '../../layout/tags/tagsLayout.js';
import { type ShownTags, shownTags } from '../../rows/tags/shownTags.js';
import { drawTagBody, drawTagCell } from '../../rows/tags/tagCell.js';
import type { TagItem } from '../../rows/tags/tagItems.js';
import { tagReadings } from '../../rows/tags/tagReadings.js';
import { planTags, type TagsPlan } from '../../rows/tags/tagsPage.js';
import { nothingWords, tagRunsRow, tagScrubRow, tagsTitle } from '../../rows/tags/tagsWords.js';
import type { Area } from '../../screen/hitArea.js';
import type { Size } from '../../screen/size.js';
import { type Span, type Theme, widthOf } from '../../theme/theme.js';
import type { CanvasContent, Shown } from '../canvasContent.js';

export function tagsContent({ state, view }: Shown, size: Size, theme: Theme): CanvasContent {
  const shown = shownTags(state, view, theme);
  const plan = planTags(shown, size);
  const line = (spans: readonly Span[]): string =>
    theme.line(spans) + ' '.repeat(Math.max(0, size.columns - widthOf(spans)));
  const { rows, areas } = bodyOf(plan, shown, line);
  const all = [
    line(tagsTitle(plan, shown, size.columns)),
    ...rows.slice(0, plan.space.rows),
    ...Array.from({ length: Math.max(0, plan.space.rows - rows.length) }, () => line([])),
    ...(plan.legend ? [line(tagRunsRow(shown, size.columns))] : []),
    ...(plan.scrub ? [line(tagScrubRow(plan, shown, size.columns))] : []),
  ];
  return { columns: size.columns, rows: all.slice(0, size.rows), areas };
}

interface Body {
  readonly rows: readonly string[];
  readonly areas: readonly Area[];
}

function bodyOf(plan: TagsPlan, shown: ShownTags, line: (spans: readonly Span[]) => string): Body {
  const { item, space } = plan;
  if (item === undefined)
    return { rows: [line([['label', ` ${nothingWords(shown)}`.slice(0, space.columns)]])], areas: [] };
  return shown.look.large ? largeBody(item, plan, shown, line) : gridBody(plan, shown, line);
}

/** Below, the values of the runs would take too much of the chart. */
const ROWS_WITH_READINGS = 6;

function largeBody(
  item: TagItem,
  { space }: TagsPlan,
  shown: ShownTags,
  line: (spans: readonly Span[]) => string,
): Body {
  const wanted = item.kind === 'figure' && space.rows >= ROWS_WITH_READINGS ? shown.runs.length : 0;
  const readings = Math.min(wanted, Math.floor(space.rows / 3));
  const size = { columns: space.columns, rows: space.rows - readings };
  const body = drawTagBody(item, shown, size, shown.chosen.scroll);
  const below = readings === 0 ? [] : tagReadings(item, shown, space.columns).slice(0, readings).map(line);
  const area: Area = { row: 1, column: 0, ...size, target: { type: 'tag', id: item.id } };
  return { rows: [...body, ...below], areas: [area] };
}

function gridBody(
  { layout, page, item: chosen, space }: TagsPlan,
  shown: ShownTags,
  line: (spans: readonly Span[]) => string,
): Body {
  const rows: string[] = [];
  const areas: Area[] = [];
  for (const next of layout.pages[page]?.lines ?? []) {
    if (next.type === 'title') {
      rows.push(line(groupTitle(next, space.columns)));
      continue;
    }
    const { cell } = layout;
    const cells = next.items.map((item, place) => {
      const column = place * (cell.columns + COLUMN_GAP);
      areas.push({ row: 1 + rows.length, column, ...cell, target: { type: 'tag', id: item.id } });
      return drawTagCell(item, shown, { ...cell, isChosen: item === chosen, isWhole: next.whole });
    });
    const width = cells.length * (cell.columns + COLUMN_GAP) - COLUMN_GAP;
    const rest = ' '.repeat(Math.max(0, space.columns - width));
    for (let row = 0; row < cell.rows; row++)
      rows.push(cells.map((drawn) => drawn[row]!).join(' '.repeat(COLUMN_GAP)) + rest);
  }
  return { rows, areas };
}

/** What has no prefix stands under no name. */
function groupTitle({ title, count }: Extract<TagsLine<TagItem>, { type: 'title' }>, columns: number): Span[] {
  if (title === '') return drawRule('without a prefix', [['label', String(count)]], columns);
  const name = title.length > columns / 2 ? `${title.slice(0, Math.floor(columns / 2))}…` : title;
  return drawRule(name, [['label', String(count)]], columns).map(([tone, text]) => [
    tone === 'value' ? 'accent' : tone,
    text,
  ]);
}
