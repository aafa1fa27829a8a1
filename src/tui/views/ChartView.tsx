import { type ReactNode, useContext } from 'react';
import { baselineOf } from '../../dashboard/comparison.js';
import { frameAt } from '../../dashboard/film/film.js';
import { DigitsPanel } from '../panels/DigitsPanel.js';
import { Lines } from '../panels/Line.js';
import { LossPanel } from '../panels/LossPanel.js';
import { comparisonLine, readingLine } from '../rows/cursorReading.js';
import { runReadings } from '../rows/runReadings.js';
import type { Size } from '../screen/size.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import { layOutChart } from './chartLayout.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The loss chart as large as the screen, the exact values at the cursor, and the digits of that step. */
export function ChartView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{(inner) => <ChartPanels {...props} inner={inner} />}</FramedView>;
}

function ChartPanels({ state, view, inner }: ViewProps & { readonly inner: Size }): ReactNode {
  const { glyphs } = useContext(ThemeContext);
  const cursor = view.viewState?.cursor;
  const frame = frameAt(state.film, cursor);
  const readings = [readingLine(state, view, inner.columns), ...others({ state, view, inner }, glyphs)];
  const shape = frame && { shape: frame.shape, count: frame.images.length };
  const layout = layOutChart(inner, shape, readings.length);
  return (
    <>
      <LossPanel state={state} view={view} size={layout.chart} reading={layout.readings === 0} />
      <Lines rows={readings.slice(0, layout.readings)} />
      {layout.digits && <DigitsPanel state={state} view={view} layout={layout.digits} columns={inner.columns} />}
    </>
  );
}

/** The rows below that of the run itself: its comparison, or all runs that are shown. */
function others(
  { state, view, inner: { columns } }: Pick<ViewProps, 'state' | 'view'> & { readonly inner: Size },
  glyphs: Parameters<typeof runReadings>[3],
) {
  const { runs = [state] } = view;
  if (runs.length > 1) return runReadings(runs, view.viewState?.cursor, columns, glyphs, view.runNames);
  return baselineOf(state, view) === undefined ? [] : [comparisonLine(state, view, columns)];
}
