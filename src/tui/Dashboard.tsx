import type { ReactNode } from 'react';
import type { DashboardState } from '../dashboard/state.js';
import { MINIMUM } from './layout/layout.js';
import { Lines } from './panels/Line.js';
import { filmsTags, presentView } from './presentView.js';
import { tooSmallRows } from './rows/tooSmall.js';
import type { Size } from './screen/size.js';
import { showsResult } from './showsResult.js';
import type { ViewContext } from './viewContext.js';
import { initialViewState, type ViewName, type ViewState } from './viewState.js';
import { AlertsView } from './views/AlertsView.js';
import { ChartView } from './views/ChartView.js';
import { FilmView } from './views/FilmView.js';
import { HelpView } from './views/HelpView.js';
import { LogView } from './views/LogView.js';
import { NetworkView } from './views/NetworkView.js';
import { OverviewView } from './views/OverviewView.js';
import { ResultView } from './views/ResultView.js';
import { StagesView } from './views/StagesView.js';
import { TagsView } from './views/TagsView.js';
import type { ViewProps } from './views/viewProps.js';

export interface DashboardProps {
  readonly state: DashboardState;
  /** The terminal; one row of it stays free. */
  readonly size: Size;
  /** @default nothing beside the events */
  readonly view?: ViewContext;
}

const VIEWS: Readonly<Record<ViewName, (props: ViewProps) => ReactNode>> = {
  overview: OverviewView,
  chart: ChartView,
  film: FilmView,
  network: NetworkView,
  stages: StagesView,
  log: LogView,
  tags: TagsView,
};

/**
 * The whole screen as a function of state and size.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { Dashboard, initialState, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * const text = renderToString(<Dashboard state={state} size={{ columns: 80, rows: 24 }} />, { columns: 80 });
 * console.log(text.split('\n').length, text.includes('completed')); // 23 true
 */
export function Dashboard({ state, size, view = {} }: DashboardProps): ReactNode {
  if (size.columns < MINIMUM.columns || size.rows < MINIMUM.rows) return <Lines rows={tooSmallRows(size)} />;
  const chosen = view.viewState ?? initialViewState;
  const Shown = coverOf(chosen) ?? viewOf(state, view);
  return <Shown state={state} size={size} view={view} />;
}

function coverOf({ help, alerts }: ViewState): ((props: ViewProps) => ReactNode) | undefined {
  if (help) return HelpView;
  return alerts === true ? AlertsView : undefined;
}

function viewOf(state: DashboardState, view: ViewContext): (props: ViewProps) => ReactNode {
  const chosen = view.viewState ?? initialViewState;
  const name = presentView(state, chosen);
  // Before the first event there is nothing to look at in detail.
  if (state.status === 'waiting') return OverviewView;
  if (name === 'film' && filmsTags(state)) return TagsView;
  if (showsResult(state, view)) return ResultView;
  // The overview on the full screen is its chart.
  return VIEWS[chosen.full && name === 'overview' ? 'chart' : name];
}
