import { frameAt } from '../../dashboard/film/film.js';
import type { DashboardState } from '../../dashboard/state.js';
import { MINIMUM } from '../layout/layout.js';
import { filmsTags, presentView } from '../presentView.js';
import { bottomWords } from '../rows/statusRow.js';
import type { Size } from '../screen/size.js';
import { showsResult } from '../showsResult.js';
import type { ViewContext } from '../viewContext.js';
import { initialViewState, isCovered } from '../viewState.js';
import { chartLayout } from './chartLayout.js';
import { filmLayout } from './filmLayout.js';
import { overviewLayout } from './overviewLayout.js';

/** The same for screens on which every panel has the same place; nothing where that cannot be told, as of lists. */
export function layoutKey(state: DashboardState, size: Size, view: ViewContext): string | undefined {
  const chosen = view.viewState ?? initialViewState;
  if (size.columns < MINIMUM.columns || size.rows < MINIMUM.rows || isCovered(chosen)) return undefined;
  if (showsResult(state, view)) return undefined;
  const waiting = state.status === 'waiting';
  const { columns, rows } = size;
  const name = presentView(state, chosen);
  const bottom = chosen.full && bottomWords(state, view) !== undefined;
  if (!waiting && (name === 'tags' || (name === 'film' && filmsTags(state))))
    return JSON.stringify({ columns, rows, full: chosen.full, bottom, tags: true });
  // Pictures can be clicked on, and where they will be nothing can.
  const pictures = frameAt(state.film, chosen.cursor)?.images.length;
  const common = { columns, rows, waiting, full: chosen.full, pictures };
  if (waiting || (chosen.view === 'overview' && !chosen.full))
    return JSON.stringify({ ...common, overview: overviewLayout(state, view, size) });
  if (chosen.view === 'overview' || chosen.view === 'chart')
    return JSON.stringify({ ...common, bottom, chart: chartLayout(state, view, size) });
  if (chosen.view === 'film' && !chosen.pinned)
    return JSON.stringify({ ...common, bottom, film: filmLayout(state, view, size) });
  return undefined;
}
