// The title of a tag: its name and its value at the cursor, on a thin rule.
import { formatCount, formatMetric } from '../../../dashboard/format.js';
import { tagValueAt } from '../../../dashboard/tags/readTagHistory.js';
import { printable } from '../../../text/printable.js';
import type { Span } from '../../theme/theme.js';
import { figureOf, type ShownTags, shownItem } from './shownTags.js';
import { CONFIGURATION, type TagItem } from './tagItems.js';

/** Exactly `columns` cells. A chosen one is marked, which is seen without colour as well. */
export function tagTitle(
  item: TagItem,
  shown: ShownTags,
  { isChosen, isWhole, columns }: { readonly isChosen: boolean; readonly isWhole: boolean; readonly columns: number },
): Span[] {
  const mark: Span = isChosen ? ['accent', '▸ '] : ['rule', '─ '];
  const value = tagReading(item, shown);
  const room = columns - mark[1].length;
  const shows = value.length + 3 + LEAST_NAME <= room;
  const name = fromTheEnd(tagLabel(item, isWhole), shows ? room - value.length - 2 : room);
  const line = room - name.length - (shows ? value.length + 2 : 0);
  return [
    mark,
    [isChosen ? 'accent' : 'value', name],
    ['rule', shows ? ` ${'─'.repeat(line)} ` : ` ${'─'.repeat(line)}`.slice(0, Math.max(0, line))],
    ...(shows ? [['value', value] as const] : []),
  ];
}

const LEAST_NAME = 6;

/** Without its group, which stands above it. */
export function tagLabel({ id, name, group }: TagItem, isWhole: boolean): string {
  return printable(isWhole || id === CONFIGURATION || group === '' ? name : name.slice(group.length + 1));
}

/** What tells names apart stands at their ends. */
export function fromTheEnd(name: string, columns: number): string {
  return name.length <= columns ? name : `…${name.slice(name.length - Math.max(0, columns - 1))}`.slice(0, columns);
}

/** What it is at the cursor, in a word. */
export function tagReading({ kind, name, id }: TagItem, { runs, chosen: { cursor } }: ShownTags): string {
  if (id === CONFIGURATION) return '';
  if (kind === 'figure') {
    const run = runs.find((candidate) => figureOf(candidate, name) !== undefined);
    const figure = run && figureOf(run, name);
    const value = figure && tagValueAt(figure.history, cursor);
    if (value === undefined) return '–';
    return `${formatMetric(value.last)}${figure?.unit === undefined ? '' : ` ${printable(figure.unit)}`}`;
  }
  const shelves = { image: 'images', histogram: 'histograms', text: 'texts' } as const;
  const item = shownItem<{ step: number; bytes: number }>(runs, ({ state }) => state.tags[shelves[kind]], name, cursor);
  return item === undefined ? '–' : `step ${formatCount(item.step)}`;
}
