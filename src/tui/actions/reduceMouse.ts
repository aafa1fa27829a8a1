// The mouse as a reducer: what is hit is where it has been drawn.
import { cursorAt } from '../charts/loss/chartWindow.js';
import { presentView } from '../presentView.js';
import type { Area } from '../screen/hitArea.js';
import type { MouseInput } from '../screen/mouse.js';
import type { Key } from '../screen/parseKeys.js';
import { isCovered, type ViewState } from '../viewState.js';
import type { ActionContext, ActionResult } from './action.js';
import { stepFilm } from './filmCursor.js';
import { reduceKey } from './reduceKey.js';
import { scrollBy } from './scroll.js';
import { selectPage, withLook } from './tagActions.js';

/** @param areas of the frame that is on the screen; of those that overlap, the last one lies on top */
export function reduceMouse(
  chosen: ViewState,
  input: MouseInput,
  areas: readonly Area[],
  context: ActionContext,
): ActionResult {
  const same = { viewState: chosen, intents: [] };
  if (chosen.question !== undefined) return same;
  if (input.action === 'wheelUp' || input.action === 'wheelDown')
    return { ...same, viewState: turned(chosen, input.action === 'wheelUp' ? -1 : 1, context) };
  const area = areas.findLast((candidate) => contains(candidate, input));
  if (area === undefined) return same;
  const column = input.column - area.column;
  const { target } = area;
  if (target.type === 'chart') {
    const next = cursorAt(context.state, chosen, area.columns, column, context.view.runs);
    return { ...same, viewState: { ...next, playing: false } };
  }
  if (input.action === 'drag') return same;
  if (target.type === 'tag') return { ...same, viewState: pickedTag(chosen, target.id) };
  if (target.type === 'key') return reduceKey(chosen, target.key, context);
  const place = Math.floor(column / target.columnsEach);
  return place < target.count ? { ...same, viewState: picked(chosen, target.first + place) } : same;
}

function contains({ row, column, rows, columns }: Area, place: MouseInput): boolean {
  return place.row >= row && place.row < row + rows && place.column >= column && place.column < column + columns;
}

/** A click chooses a picture, another one shows it large. */
function picked(chosen: ViewState, digit: number): ViewState {
  return digit === chosen.digit ? { ...chosen, pinned: !chosen.pinned } : { ...chosen, digit };
}

function pickedTag(chosen: ViewState, id: string): ViewState {
  return withLook(chosen, id === chosen.tags.chosen ? { large: !chosen.tags.large } : { chosen: id });
}

/** A notch of the wheel. */
const ROWS_A_NOTCH = 3;

/** Lists move, charts zoom, pictures go through the film. */
function turned(chosen: ViewState, by: 1 | -1, context: ActionContext): ViewState {
  if (!isCovered(chosen) && presentView(context.state, chosen) === 'tags') return selectPage(by, chosen, context);
  if (isCovered(chosen) || !SHOWS_STEPS.includes(chosen.view)) return scrollBy(by * ROWS_A_NOTCH, chosen, context);
  const zoomKey: Key = by < 0 ? 'i' : 'o';
  if (chosen.view === 'chart') return reduceKey(chosen, zoomKey, context).viewState;
  return stepFilm(context.state, chosen, by);
}

const SHOWS_STEPS: readonly ViewState['view'][] = ['overview', 'chart', 'film'];
