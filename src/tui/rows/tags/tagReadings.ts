// The exact values of an enlarged tag, one row a run.
import { formatCount, formatMetric } from '../../../dashboard/format.js';
import { tagExtremes, tagPlaces, tagRange, tagValueAt } from '../../../dashboard/tags/readTagHistory.js';
import { lineMark } from '../../charts/loss/marks.js';
import type { Span } from '../../theme/theme.js';
import { fitPieces, type Piece } from '../fitWords.js';
import { figureOf, type ShownTags } from './shownTags.js';
import type { TagItem } from './tagItems.js';

export function tagReadings(item: TagItem, { runs, chosen, look, theme }: ShownTags, columns: number): Span[][] {
  const nameColumns = Math.max(0, ...runs.map(({ name }) => name.length));
  return runs.map((run) => {
    const mark: Span = [run.tone, ` ${lineMark(run.ascii, theme.glyphs)} `];
    const named: Span = ['label', runs.length > 1 ? `${run.name.padEnd(nameColumns)}  ` : ''];
    const history = figureOf(run, item.name)?.history;
    const value = history && tagValueAt(history, chosen.cursor);
    if (history === undefined || value === undefined) return [mark, named, ['label', 'no value here']];
    const extremes = tagExtremes(history);
    const from = tagRange(history)?.from ?? 0;
    const mean = tagPlaces(history, { from, to: value.to }, 1, look.smoothing)[0]?.mean;
    const piece = (tone: Span[0], text: string, rank: number): Piece => ({ span: [tone, text], rank });
    const pieces = [
      piece('value', formatMetric(value.last).padEnd(8), 0),
      piece('label', `step ${formatCount(value.to)}`, 1),
      ...(look.smoothing > 0 && mean !== undefined
        ? [piece('value', `smoothed ${formatMetric(mean).padEnd(8)}`, 2)]
        : []),
      ...(extremes === undefined
        ? []
        : [
            piece('label', `lowest ${formatMetric(extremes.min)} at ${formatCount(extremes.minStep)}`, 3),
            piece('label', `highest ${formatMetric(extremes.max)} at ${formatCount(extremes.maxStep)}`, 4),
          ]),
      piece('label', `${formatCount(history.values)} values`, 5),
    ];
    return [mark, named, ...fitPieces(pieces, columns - mark[1].length - named[1].length - 1)];
  });
}
