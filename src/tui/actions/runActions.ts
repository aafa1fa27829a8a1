import type { RunCommand } from '../../dashboard/intent.js';
import type { DashboardState } from '../../dashboard/state.js';
import type { RunAction } from '../keys/runKeys.js';
import type { InterfaceState } from '../viewState.js';
import { type Act, ask, look, type Reaction, type Scene } from './action.js';

export const runActions: Readonly<Record<RunAction, Act>> = {
  pause: ask(() => [command('pause')]),
  resume: ask(() => [command('resume')]),
  step: ask(() => [command('step')]),
  save: ask(() => [command('save')]),
  evaluate: ask(() => [command('evaluate')]),
  rateUp: (chosen, scene) => rateTimes(2, chosen, scene),
  rateDown: (chosen, scene) => rateTimes(0.5, chosen, scene),
  rateUndo: rateBefore,
  endEpoch: ask(({ state }) => [command('epochs', state.epoch)]),
  quit: ask(() => [{ type: 'quit' }]),
  abandon: look((chosen) => ({ ...chosen, question: 'abandon' })),
};

/** Learning rates that can be gone back to. */
const RATES_KEPT = 32;

function command(action: RunCommand['action'], value?: number): RunCommand {
  return { type: 'command', action, ...(value !== undefined && { value }) };
}

function rateTimes(factor: number, chosen: InterfaceState, { state, view }: Scene): Reaction {
  const asked = view.pending?.findLast(({ action }) => action === 'learningRate')?.value;
  const before = asked ?? learningRateOf(state);
  if (before === undefined) return { interface: chosen, intents: [] };
  return {
    interface: { ...chosen, learningRates: [...chosen.learningRates, before].slice(-RATES_KEPT) },
    intents: [command('learningRate', before * factor)],
  };
}

/** Before the first loss the run's own setting is what is known. */
function learningRateOf({ learningRate, run }: DashboardState): number | undefined {
  const configured = run?.config?.learningRate;
  return learningRate ?? (typeof configured === 'number' ? configured : undefined);
}

function rateBefore(chosen: InterfaceState): Reaction {
  const rate = chosen.learningRates.at(-1);
  if (rate === undefined) return { interface: chosen, intents: [] };
  return {
    interface: { ...chosen, learningRates: chosen.learningRates.slice(0, -1) },
    intents: [command('learningRate', rate)],
  };
}
