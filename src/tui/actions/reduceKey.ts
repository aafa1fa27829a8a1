// What the person looks at, as a reducer over the keys.

import { type Situation, situationOf } from '../keys/keyContext.js';
import { bindingOf, type KeyAction } from '../keys/keyTable.js';
import type { Key } from '../screen/parseKeys.js';
import type { InterfaceState } from '../viewState.js';
import type { Act, Reaction, Scene } from './action.js';
import { lookActions } from './inspectActions.js';
import { replayActions } from './replayActions.js';
import { runActions } from './runActions.js';
import { viewActions } from './viewActions.js';

const ACTIONS: Readonly<Record<KeyAction, Act>> = { ...viewActions, ...lookActions, ...runActions, ...replayActions };

/** Keys that have their meaning whatever is asked. */
const PAST_QUESTIONS: readonly Key[] = ['ctrl-c', 'ctrl-z'];

export function reduceKey(chosen: InterfaceState, key: Key, scene: Scene): Reaction {
  if (chosen.question !== undefined && !PAST_QUESTIONS.includes(key)) return answered(chosen, key);
  const binding = bindingOf(key, situationUnder(chosen, scene));
  if (binding === undefined) return { interface: chosen, intents: [] };
  return ACTIONS[binding.action](chosen, scene, key);
}

/** The help lies over the view: while it is shown, keys move it instead. */
function situationUnder(chosen: InterfaceState, { state, view }: Scene): Situation {
  const situation = situationOf(state, { ...view, interface: chosen });
  return chosen.help ? { ...situation, view: 'network' } : situation;
}

function answered(chosen: InterfaceState, key: Key): Reaction {
  const closed = { ...chosen, question: undefined };
  if (key === 'y' || key === 'Y') return { interface: closed, intents: [{ type: 'command', action: 'abandon' }] };
  if (key === 'n' || key === 'N' || key === 'q' || key === 'escape') return { interface: closed, intents: [] };
  return { interface: chosen, intents: [] };
}
