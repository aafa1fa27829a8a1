// What a key or a click leads to.
import type { Intent } from '../../dashboard/intent.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { Key } from '../screen/parseKeys.js';
import type { Size } from '../screen/size.js';
import type { ViewContext } from '../viewContext.js';
import type { ViewState } from '../viewState.js';

/** What is on the screen when a key comes. */
export interface ActionContext {
  readonly state: DashboardState;
  readonly size: Size;
  readonly view: ViewContext;
}

export interface ActionResult {
  readonly viewState: ViewState;
  readonly intents: readonly Intent[];
}

/** Another look at the same, or something that is asked of the outside, or both. */
export type Action = (chosen: ViewState, context: ActionContext, key: Key) => ActionResult;

export function updateView(next: (chosen: ViewState, context: ActionContext, key: Key) => ViewState): Action {
  return (chosen, context, key) => ({ viewState: next(chosen, context, key), intents: [] });
}

export function request(intents: (context: ActionContext) => readonly Intent[]): Action {
  return (chosen, context) => ({ viewState: chosen, intents: intents(context) });
}
