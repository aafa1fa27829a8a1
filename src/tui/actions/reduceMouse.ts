// The mouse as a reducer: what is hit is where it has been drawn.
import { cursorAt } from '../charts/chartWindow.js';
import type { Area } from '../screen/hitArea.js';
import type { MouseInput } from '../screen/mouse.js';
import type { Key } from '../screen/parseKeys.js';
import type { InterfaceState } from '../viewState.js';
import type { Reaction, Scene } from './action.js';
import { stepFilm } from './filmCursor.js';
import { reduceKey } from './reduceKey.js';
import { scrollBy } from './scroll.js';

/** @param areas of the frame that is on the screen; of those that overlap, the last one lies on top */
export function reduceMouse(chosen: InterfaceState, input: MouseInput, areas: readonly Area[], scene: Scene): Reaction {
  const same = { interface: chosen, intents: [] };
  if (chosen.question !== undefined) return same;
  if (input.action === 'wheelUp' || input.action === 'wheelDown')
    return { ...same, interface: turned(chosen, input.action === 'wheelUp' ? -1 : 1, scene) };
  const area = areas.findLast((candidate) => contains(candidate, input));
  if (area === undefined) return same;
  const column = input.column - area.column;
  const { target } = area;
  if (target.type === 'chart') {
    const next = cursorAt(scene.state, chosen, area.columns, column, scene.view.runs);
    return { ...same, interface: { ...next, playing: false } };
  }
  if (input.action === 'drag') return same;
  if (target.type === 'key') return reduceKey(chosen, target.key, scene);
  const place = Math.floor(column / target.columnsEach);
  return place < target.count ? { ...same, interface: picked(chosen, target.first + place) } : same;
}

function contains({ row, column, rows, columns }: Area, place: MouseInput): boolean {
  return place.row >= row && place.row < row + rows && place.column >= column && place.column < column + columns;
}

/** A click chooses a picture, another one shows it large. */
function picked(chosen: InterfaceState, digit: number): InterfaceState {
  return digit === chosen.digit ? { ...chosen, pinned: !chosen.pinned } : { ...chosen, digit };
}

/** A notch of the wheel. */
const ROWS_A_NOTCH = 3;

/** Lists move, charts zoom, pictures go through the film. */
function turned(chosen: InterfaceState, by: 1 | -1, scene: Scene): InterfaceState {
  if (chosen.help || !SHOWS_STEPS.includes(chosen.view)) return scrollBy(by * ROWS_A_NOTCH, chosen, scene);
  const zoomKey: Key = by < 0 ? 'i' : 'o';
  if (chosen.view === 'chart') return reduceKey(chosen, zoomKey, scene).interface;
  return stepFilm(scene.state, chosen, by);
}

const SHOWS_STEPS: readonly InterfaceState['view'][] = ['overview', 'chart', 'film'];
