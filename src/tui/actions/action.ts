// What a key or a click leads to.
import type { Intent } from '../../dashboard/intent.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { Key } from '../screen/parseKeys.js';
import type { Size } from '../screen/size.js';
import type { View } from '../viewContext.js';
import type { InterfaceState } from '../viewState.js';

/** What is on the screen when a key comes. */
export interface Scene {
  readonly state: DashboardState;
  readonly size: Size;
  readonly view: View;
}

export interface Reaction {
  readonly interface: InterfaceState;
  readonly intents: readonly Intent[];
}

/** Another look at the same, or something that is asked of the outside, or both. */
export type Act = (chosen: InterfaceState, scene: Scene, key: Key) => Reaction;

export function look(next: (chosen: InterfaceState, scene: Scene, key: Key) => InterfaceState): Act {
  return (chosen, scene, key) => ({ interface: next(chosen, scene, key), intents: [] });
}

export function ask(intents: (scene: Scene) => readonly Intent[]): Act {
  return (chosen, scene) => ({ interface: chosen, intents: intents(scene) });
}
