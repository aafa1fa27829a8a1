// What the person looks at, as a reducer over the keys.

import { type KeyContext, keyContextOf } from '../keys/keyContext.js';
import { bindingOf, type KeyAction } from '../keys/keyTable.js';
import { whyNot } from '../keys/whyNot.js';
import type { Key } from '../screen/parseKeys.js';
import { isCovered, type ViewState } from '../viewState.js';
import type { Action, ActionContext, ActionResult } from './action.js';
import { inspectActions } from './inspectActions.js';
import { replayActions } from './replayActions.js';
import { runActions } from './runActions.js';
import { tagActions, typedInto } from './tagActions.js';
import { viewActions } from './viewActions.js';

const ACTIONS: Readonly<Record<KeyAction, Action>> = {
  ...viewActions,
  ...inspectActions,
  ...tagActions,
  ...runActions,
  ...replayActions,
};

/** Keys that have their meaning whatever is asked. */
const PAST_QUESTIONS: readonly Key[] = ['ctrl-c', 'ctrl-z'];

export function reduceKey(chosen: ViewState, key: Key, context: ActionContext): ActionResult {
  if (chosen.question !== undefined && !PAST_QUESTIONS.includes(key)) return answered(chosen, key);
  const keyContext = keyContextUnder(chosen, context);
  const heard = chosen.refusal === undefined ? chosen : { ...chosen, refusal: undefined };
  const typed =
    heard.tags.typing && keyContext.view === 'tags' && !PAST_QUESTIONS.includes(key)
      ? typedInto(heard, key)
      : undefined;
  if (typed !== undefined) return { viewState: typed, intents: [] };
  const binding = bindingOf(key, keyContext);
  if (binding === undefined) return { viewState: { ...heard, refusal: whyNot(key, keyContext) }, intents: [] };
  return ACTIONS[binding.action](heard, context, key);
}

/** What lies over the view is what keys move. */
function keyContextUnder(chosen: ViewState, { state, view }: ActionContext): KeyContext {
  const keyContext = keyContextOf(state, { ...view, viewState: chosen });
  return isCovered(chosen) ? { ...keyContext, view: 'network' } : keyContext;
}

function answered(chosen: ViewState, key: Key): ActionResult {
  const closed = { ...chosen, question: undefined };
  if (key === 'y' || key === 'Y') return { viewState: closed, intents: [{ type: 'command', action: 'abandon' }] };
  if (key === 'n' || key === 'N' || key === 'q' || key === 'escape') return { viewState: closed, intents: [] };
  return { viewState: chosen, intents: [] };
}
