import { type ReactNode, useContext } from 'react';
import { baselineOf } from '../../dashboard/comparison.js';
import type { Shown } from '../panels/canvasContent.js';
import { LiveLines } from '../panels/LiveLines.js';
import { LossPanel } from '../panels/LossPanel.js';
import { DigitsPanel } from '../panels/pictures/DigitsPanel.js';
import { comparisonLine, readingLine } from '../rows/chart/cursorReading.js';
import { runReadings } from '../rows/chart/runReadings.js';
import type { Size } from '../screen/size.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import { layOutChartOf } from './chartLayout.js';
import { FramedView } from './FramedView.js';
import type { ViewProps } from './viewProps.js';

/** The loss chart as large as the screen, the exact values at the cursor, and the digits of that step. */
export function ChartView(props: ViewProps): ReactNode {
  return <FramedView {...props}>{(inner) => <ChartPanels {...props} inner={inner} />}</FramedView>;
}

function ChartPanels({ state, view, inner }: ViewProps & { readonly inner: Size }): ReactNode {
  const { glyphs } = useContext(ThemeContext);
  const layout = layOutChartOf(state, view, inner);
  const readings = (shown: Shown) =>
    [readingLine(shown.state, shown.view, inner.columns), ...others({ ...shown, inner }, glyphs)].slice(
      0,
      layout.readings,
    );
  return (
    <>
      <LossPanel state={state} view={view} size={layout.chart} reading={layout.readings === 0} />
      <LiveLines shown={{ state, view }} draw={readings} />
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
