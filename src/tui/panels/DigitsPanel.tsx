import { type ReactNode, useContext } from 'react';
import { frameAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import { drawRule } from '../charts/rule.js';
import type { DigitsLayout } from '../layout/digitsLayout.js';
import { digitsTitle, errorLegend, sampleNote } from '../rows/digitsRows.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState } from '../viewState.js';
import { Canvas } from './Canvas.js';
import { digitsCanvas } from './digitsCanvas.js';
import { Panel } from './Panel.js';

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
  const { cursor, digit, graphics } = view.viewState ?? initialViewState;
  const frame = frameAt(state.film, cursor);
  const name = digitsTitle(frame, state.run?.dataset.name);
  if (frame === undefined) return layout.framed ? <Panel title={name} columns={columns} /> : undefined;
  const note = sampleNote(state, frame, layout.error ? errorLegend(theme) : [], name, columns);
  const title = layout.framed ? [drawRule(name, note, columns)] : [];
  return <Canvas {...digitsCanvas(frame, { layout, columns, digit, graphics, title }, theme)} />;
}
