import type { RunCommand } from '../../dashboard/intent.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { RunAction } from '../keys/runKeys.js';
import type { ViewState } from '../viewState.js';
import { type Action, type ActionContext, type ActionResult, request, updateView } from './action.js';

export const runActions: Readonly<Record<RunAction, Action>> = {
  pause: request(() => [command('pause')]),
  resume: request(() => [command('resume')]),
  step: request(() => [command('step')]),
  save: request(() => [command('save')]),
  evaluate: request(() => [command('evaluate')]),
  rateUp: (chosen, context) => rateTimes(2, chosen, context),
  rateDown: (chosen, context) => rateTimes(0.5, chosen, context),
  rateUndo: rateBefore,
  endEpoch: request(({ state }) => [command('epochs', state.epoch)]),
  quit: request(() => [{ type: 'quit' }]),
  abandon: updateView((chosen) => ({ ...chosen, question: 'abandon' })),
};

/** Learning rates that can be gone back to. */
const RATES_KEPT = 32;

function command(action: RunCommand['action'], value?: number): RunCommand {
  return { type: 'command', action, ...(value !== undefined && { value }) };
}

function rateTimes(factor: number, chosen: ViewState, { state, view }: ActionContext): ActionResult {
  const asked = view.pending?.findLast(({ action }) => action === 'learningRate')?.value;
  const before = asked ?? learningRateOf(state);
  if (before === undefined)
    return { viewState: { ...chosen, refusal: 'the learning rate is not known yet' }, intents: [] };
  return {
    viewState: { ...chosen, learningRates: [...chosen.learningRates, before].slice(-RATES_KEPT) },
    intents: [command('learningRate', before * factor)],
  };
}

/** Before the first loss the run's own setting is what is known. */
function learningRateOf({ learningRate, run }: DashboardState): number | undefined {
  const configured = run?.config?.learningRate;
  return learningRate ?? (typeof configured === 'number' ? configured : undefined);
}

function rateBefore(chosen: ViewState): ActionResult {
  const rate = chosen.learningRates.at(-1);
  if (rate === undefined)
    return { viewState: { ...chosen, refusal: 'the learning rate has not been changed here' }, intents: [] };
  return {
    viewState: { ...chosen, learningRates: chosen.learningRates.slice(0, -1) },
    intents: [command('learningRate', rate)],
  };
}
