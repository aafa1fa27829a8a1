// The runs that are shown at once, each in its colour.

import { formatCount, formatLoss } from '../../../dashboard/format.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { printable } from '../../../text/printable.js';
import { type Span, toneOfRun, widthOf } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState } from '../../viewState.js';
import { fitPieces } from '../fitWords.js';

/** One row a run: its mark, name and network, and how far it has come. */
export function runRows(view: ViewContext, columns: number): Span[][] {
  const rows = listed(view).map((run) => ({ ...run, figures: figuresOf(run.state) }));
  const widths = {
    name: Math.max(0, ...rows.map(({ name }) => name.length)),
    network: Math.max(0, ...rows.map(({ network }) => network.length)),
  };
  return rows.map(({ place, name, network, chosen, figures }) => {
    const mark = markOf(place, chosen);
    const tone = chosen ? 'value' : 'label';
    const room = columns - widthOf(mark) - 1;
    const shown = FIGURES.find((names) => widthOfFigures(names) + LEAST_NAME <= room) ?? [];
    const left = room - widthOfFigures(shown);
    const networkColumns = Math.min(widths.network, left - widths.name - GAP);
    const named =
      networkColumns >= Math.min(LEAST_NAME, widths.network)
        ? `${name.padEnd(widths.name + GAP)}${cut(network, networkColumns).padEnd(networkColumns)}`
        : cut(name, Math.min(widths.name, left)).padEnd(Math.min(widths.name, left));
    return [
      ...mark,
      [tone, named],
      ...shown.flatMap((label): Span[] => [
        ['label', `${' '.repeat(GAP)}${label} `],
        [tone, figures[label]],
      ]),
    ];
  });
}

/** All of them in one row, where there is no room for a list. */
export function runsLine(view: ViewContext, columns: number): Span[] {
  const runs = listed(view);
  // Names are cut before runs leave.
  const room = Math.floor((columns - 1) / Math.max(1, runs.length)) - MARK - FIGURE_COLUMNS.loss - GAP;
  const pieces = runs.flatMap(({ place, name, chosen, state }) => {
    const rank = chosen ? 0 : 1 + place;
    const text = `${cut(name, Math.max(1, room))} ${formatLoss(state.loss)}`;
    return [
      { span: [toneOfRun(place), '● '] as const, rank, separator: NOTHING },
      { span: [chosen ? 'value' : 'label', text] as const, rank, separator: SPACE },
    ];
  });
  return [['value', ' '], ...fitPieces(pieces, columns - 1)];
}

const GAP = 2;
const MARK = 2;
const LEAST_NAME = 6;
const NOTHING: Span = ['value', ''];
const SPACE: Span = ['value', ' '.repeat(GAP)];
const FIGURE_COLUMNS = { step: 9, loss: 8, test: 8 } as const;
type Figure = keyof typeof FIGURE_COLUMNS;
/** From the fullest on. */
const FIGURES: readonly (readonly Figure[])[] = [['step', 'loss', 'test'], ['loss', 'test'], ['loss']];

function widthOfFigures(names: readonly Figure[]): number {
  return names.reduce((width, name) => width + GAP + name.length + 1 + FIGURE_COLUMNS[name], 0);
}

function figuresOf({ step, loss, epochs }: DashboardState): Readonly<Record<Figure, string>> {
  const { testLoss } = epochs.at(-1) ?? {};
  return {
    step: formatCount(step).padStart(FIGURE_COLUMNS.step),
    loss: formatLoss(loss).padEnd(FIGURE_COLUMNS.loss),
    test: formatLoss(testLoss).padEnd(FIGURE_COLUMNS.test),
  };
}

interface ListedRun {
  readonly place: number;
  readonly name: string;
  readonly network: string;
  readonly chosen: boolean;
  readonly state: DashboardState;
}

function listed({ runs = [], runNames = [], viewState: { run: chosen } = initialViewState }: ViewContext): ListedRun[] {
  return runs.map((state, place) => ({
    place,
    name: printable(runNames[place] ?? state.run?.run ?? ''),
    network: printable(state.run?.architecture?.name ?? ''),
    chosen: place === chosen,
    state,
  }));
}

function markOf(place: number, chosen: boolean): Span[] {
  return [
    ['value', chosen ? ' ▸ ' : '   '],
    [toneOfRun(place), '● '],
  ];
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
