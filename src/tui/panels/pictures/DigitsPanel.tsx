import { type ReactNode, useContext } from 'react';
import { frameAt } from '../../../dashboard/film/film.js';
import type { DashboardState } from '../../../dashboard/state.js';
import { drawRule } from '../../charts/rule.js';
import type { DigitsLayout } from '../../layout/digitsLayout.js';
import { digitsTitle, errorLegend, sampleNote } from '../../rows/pictures/digitsRows.js';
import { ThemeContext } from '../../theme/ThemeContext.js';
import type { Theme } from '../../theme/theme.js';
import type { ViewContext } from '../../viewContext.js';
import { initialViewState } from '../../viewState.js';
import type { CanvasContent, Shown } from '../canvasContent.js';
import { LiveCanvas } from '../LiveCanvas.js';
import { Panel } from '../Panel.js';
import { digitsCanvas } from './digitsCanvas.js';

export interface DigitsPanelProps {
  readonly state: DashboardState;
  /** @default the newest sample */
  readonly view?: ViewContext;
  readonly layout: DigitsLayout;
  readonly columns: number;
}

/**
 * What the network saw, over what it made of it, over what is wrong with it: the eye compares vertically.
 *
 * @example
 * import { renderToString } from 'ink';
 * import { DigitsPanel, fitDigits, initialState, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * const content = { shape: state.sample.shape, count: state.sample.images.length, labelled: false };
 * const layout = fitDigits('half', false, { columns: 80, rows: 20 }, content);
 * console.log(renderToString(<DigitsPanel state={state} layout={layout} columns={80} />).includes(' out')); // true
 */
export function DigitsPanel({ state, view = {}, layout, columns }: DigitsPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  const frame = frameAt(state.film, (view.viewState ?? initialViewState).cursor);
  if (frame !== undefined)
    return <LiveCanvas shown={{ state, view }} draw={(shown) => digitsContent(shown, layout, columns, theme)} />;
  const title = digitsTitle(frame, state.run?.dataset.name);
  return layout.framed ? <Panel title={title} columns={columns} /> : undefined;
}

function digitsContent(
  { state, view }: Shown,
  layout: DigitsLayout,
  columns: number,
  theme: Theme,
): CanvasContent | undefined {
  const { cursor, digit, graphics } = view.viewState ?? initialViewState;
  const frame = frameAt(state.film, cursor);
  if (frame === undefined) return undefined;
  const name = digitsTitle(frame, state.run?.dataset.name);
  const note = sampleNote(state, frame, layout.error ? errorLegend(theme) : [], name, columns);
  const title = layout.framed ? [drawRule(name, note, columns)] : [];
  return digitsCanvas(frame, { layout, columns, digit, graphics, title }, theme);
}
