// The stages of the pipeline, which of them is slow, and where the training's own time goes.

import { formatBytes, formatCount, formatPercent, formatSpeed } from '../../dashboard/format.js';
import { bottleneckSentence, stageName } from '../../dashboard/performance/bottleneckSentence.js';
import { recentPhases, type StageShares, stageShares } from '../../dashboard/performance/stageShares.js';
import type { DashboardState } from '../../dashboard/state.js';
import { drawRule } from '../charts/rule.js';
import { drawShares } from '../charts/shareBar.js';
import type { Span } from '../theme/theme.js';
import { wrapped } from './fitWords.js';
import { beside, halfOf } from './overview/besideRows.js';
import { phaseShares } from './phaseRows.js';
import { type TableColumn, tableRows } from './table.js';

const WORKS: Span = ['accent', '━'];
const WAITS: Span = ['rule', '─'];
const BLOCKED: Span = ['label', '┈'];

/** As many rows as there is to say. As the screen narrows, columns leave: dropped, bytes, bar, items, items/s, blocked, waits. */
export function stagesRows({ stats }: DashboardState, columns: number): Span[][] {
  const stages = stageShares(stats);
  const half = halfOf(columns);
  const sentence = bottleneckSentence(stages) ?? 'The first reading comes after a second.';
  return [
    ...wrapped(sentence, columns - 1).map((line): Span[] => [['value', ` ${line}`]]),
    ...(half === undefined
      ? [...table(stages, columns), ...time(stats, columns)]
      : besideEachOther(stages, stats, half)),
  ];
}

function besideEachOther(stages: readonly StageShares[], stats: DashboardState['stats'], half: number): Span[][] {
  // Its free row above keeps it apart from the table, which stands beside it here.
  return [[], ...beside(table(stages, half).slice(1), time(stats, half).slice(1), half)];
}

function table(stages: readonly StageShares[], columns: number): Span[][] {
  return stages.length > 0 ? [[], ...tableRows(stageColumns(stages), columns), ...legend(columns)] : [];
}

function time(stats: DashboardState['stats'], columns: number): Span[][] {
  return [...phaseRows(stats, columns), ...memoryRows(stats, columns)];
}

function stageColumns(stages: readonly StageShares[]): TableColumn[] {
  const numbers = (text: (stage: StageShares) => string): Span[] => stages.map((stage) => ['value', text(stage)]);
  return [
    { header: 'stage', rank: 0, cells: stages.map(({ name }) => ['value', stageName(name)]) },
    { header: 'items', rank: 4, align: 'right', cells: numbers(({ items }) => formatCount(items)) },
    { header: 'bytes', rank: 6, align: 'right', cells: numbers(({ bytes }) => formatBytes(bytes)) },
    { header: 'items/s', rank: 3, align: 'right', cells: numbers((stage) => formatSpeed(stage.itemsPerSecond)) },
    { header: 'works', rank: 0, align: 'right', cells: numbers(({ works }) => formatPercent(works)) },
    { header: 'waits', rank: 1, align: 'right', cells: numbers(({ waits }) => formatPercent(waits)) },
    { header: 'blocked', rank: 2, align: 'right', cells: numbers(({ blocked }) => formatPercent(blocked)) },
    { header: '', rank: 5, least: 10, most: 30, draw: (width) => stages.map((stage) => stageBar(stage, width)) },
    { header: 'dropped', rank: 7, align: 'right', cells: numbers(({ dropped }) => formatCount(dropped)) },
  ];
}

function stageBar({ works, waits, blocked }: StageShares, columns: number): Span[] {
  return drawShares(
    [
      { share: works, mark: WORKS },
      { share: waits, mark: WAITS },
      { share: blocked, mark: BLOCKED },
    ],
    columns,
  );
}

function legend(columns: number): Span[][] {
  const entries: (readonly [Span, string])[] = [
    [WORKS, 'works on its items'],
    [WAITS, 'waits for the stage before'],
    [BLOCKED, 'blocked by the stage after'],
  ];
  const inOneRow = entries.flatMap(([mark, words]): Span[] => [['value', ' '], mark, ['label', ` ${words} `]]);
  const width = inOneRow.reduce((sum, [, text]) => sum + text.length, 0);
  const rows = entries.map(([mark, words]): Span[] => [['value', ' '], mark, ['label', ` ${words}`]]);
  return [[], ...(width <= columns ? [inOneRow] : rows)];
}

function phaseRows(stats: DashboardState['stats'], columns: number): Span[][] {
  const phases = recentPhases(stats);
  if (phases === undefined) return [];
  const shares = phaseShares(phases);
  return [
    [],
    drawRule('time of the training', [['label', 'last 10 s']], columns),
    [['value', ' '], ...drawShares(shares, columns - 2)],
    ...shares.map(({ name, share, mark }): Span[] => [
      ['value', ' '],
      mark,
      ['label', ` ${name.padEnd(24)}`.slice(0, Math.max(0, columns - 9))],
      ['value', formatPercent(share).padStart(6)],
    ]),
  ];
}

function memoryRows(stats: DashboardState['stats'], columns: number): Span[][] {
  const now = stats.at(-1)?.rssBytes;
  if (now === undefined) return [];
  const most = Math.max(...stats.map(({ rssBytes = 0 }) => rssBytes));
  return [
    [],
    drawRule('memory', [], columns),
    [
      ['value', ` ${formatBytes(now)}`],
      ['label', ` now · at most ${formatBytes(most)} in the last minute`],
    ],
  ];
}
