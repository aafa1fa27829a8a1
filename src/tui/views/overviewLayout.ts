import { frameAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { DigitsContent } from '../layout/digitsLayout.js';
import { type Layout, layOut } from '../layout/layout.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState } from '../viewState.js';

/** Where everything in the overview stands; nothing where the terminal is too small. */
export function overviewLayout(state: DashboardState, view: ViewContext, terminal: Size): Layout | undefined {
  return layOut(terminal, {
    begun: state.status !== 'waiting',
    sample: digitsContent(state, view),
    runs: view.runs?.length ?? 1,
    metrics: state.metrics.length,
  });
}

/** What there is to draw of the sample at the cursor; before the training, what it will be like. */
export function digitsContent({ film, run, step }: DashboardState, view: ViewContext): DigitsContent | undefined {
  const frame = frameAt(film, (view.viewState ?? initialViewState).cursor);
  // Whoever has trained without a sample takes none.
  if (frame === undefined)
    return run && step === 0 ? { shape: run.dataset.shape, count: PROBES, labelled: false } : undefined;
  const { shape, images } = frame;
  return {
    shape,
    count: images.length,
    labelled: images.some(({ label }) => label !== undefined),
    targeted: images.some(({ target }) => target !== undefined),
  };
}

/** As many as a run takes samples of. */
const PROBES = 10;
