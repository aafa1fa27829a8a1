import { type ReactNode, useContext } from 'react';
import { lossTitle } from '../../dashboard/lossTitle.js';
import type { DashboardState } from '../../dashboard/state.js';
import { type ChartSize, drawLossChart } from '../charts/loss/lossChart.js';
import { lossChartOf } from '../charts/loss/lossChartModel.js';
import { drawRule } from '../charts/rule.js';
import { chartLegend } from '../rows/chart/chartLegend.js';
import { shortReading } from '../rows/chart/cursorReading.js';
import { firstThatFits } from '../rows/fitWords.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Span, Theme } from '../theme/theme.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState } from '../viewState.js';
import type { CanvasContent, Shown } from './canvasContent.js';
import { LiveCanvas } from './LiveCanvas.js';

const GAP: Span = ['label', ' · '];

/** The title's own cells, and those at the end of its line. */
const TITLE_COLUMNS = 12;

export interface LossPanelProps {
  readonly state: DashboardState;
  /** Window, scale, cursor, comparison and the other runs. @default all steps, logarithmic, beside the notebook */
  readonly view?: ViewContext;
  /** With the title. */
  readonly size: ChartSize;
  /** The value at the cursor stands in the title, where no row of its own has it. @default while there is a cursor */
  readonly reading?: boolean;
}

/**
 * The loss over the steps.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { initialState, LossPanel, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * console.log(renderToString(<LossPanel state={state} size={{ columns: 40, rows: 8 }} />).includes('loss')); // true
 */
export function LossPanel({ state, view = {}, size, reading }: LossPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  return <LiveCanvas shown={{ state, view }} draw={(shown) => lossContent(shown, size, reading, theme)} />;
}

function lossContent(
  { state, view }: Shown,
  size: ChartSize,
  reading: boolean | undefined,
  theme: Theme,
): CanvasContent {
  const { cursor, window } = view.viewState ?? initialViewState;
  const chart = lossChartOf(state, view);
  const rows = drawLossChart(chart, { columns: size.columns, rows: size.rows - 1 }, theme.glyphs);
  const legend = chartLegend(chart, lossTitle(state.run), window, theme.glyphs);
  const read = (reading ?? cursor !== undefined) ? shortReading(state, view) : [];
  const notes = read.length === 0 ? legend : [...legend.map((words) => [...read, GAP, ...words]), read];
  const note = firstThatFits([...notes, []], size.columns - TITLE_COLUMNS);
  return {
    columns: size.columns,
    rows: [drawRule('loss', note, size.columns), ...rows].map(theme.line),
    areas: [{ row: 1, column: 0, columns: size.columns, rows: rows.length, target: { type: 'chart' } }],
  };
}
