import type { RunEvent } from '../events/schema.js';
import { LOSS_TITLES } from '../text/lossTitles.js';
import { penaltiesOf } from './penalties.js';

/** Besides Millrace's own, the loss of a classifier. */
const TITLES = { ...LOSS_TITLES, crossEntropy: 'cross-entropy' } as const;

type Run = Pick<RunEvent, 'config' | 'architecture'> | undefined;

/**
 * The loss that a run names, with what layers add (`mse+kl`): those of runs that do not say are mean squared errors, as of an engine
 * of one's own.
 */
export function lossNameOf(run: Run): string {
  return [chosenLoss(run), ...penaltiesOf(run).map(({ name }) => name)].join('+');
}

function chosenLoss(run: Run): string {
  const name = run?.config?.loss;
  return typeof name === 'string' ? name : 'mse';
}

/** What the losses of a run are called; a sum by its names and weights. */
export function lossTitle(run: Run): string {
  return [titleOf(chosenLoss(run)), ...penaltiesOf(run).map(({ title }) => title)].join(' + ');
}

function titleOf(name: string): string {
  if (Object.hasOwn(TITLES, name)) return TITLES[name as keyof typeof TITLES];
  return isSum(name) ? name.replaceAll('+', ' + ').replaceAll('*', ' ') : 'loss';
}

/** Every name in it is known. */
function isSum(name: string): boolean {
  return name.split('+').every((term) => Object.hasOwn(LOSS_TITLES, term.split('*').at(-1) ?? ''));
}
