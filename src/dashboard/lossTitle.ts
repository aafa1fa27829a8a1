import type { RunEvent } from '../events/schema.js';
import { LOSS_TITLES } from '../text/lossTitles.js';

/** Besides Millrace's own, the loss of a classifier. */
const TITLES = { ...LOSS_TITLES, crossEntropy: 'cross-entropy' } as const;

type Run = Pick<RunEvent, 'config'> | undefined;

/** The loss that a run names: those of runs that do not say are mean squared errors, as of an engine of one's own. */
export function lossNameOf(run: Run): string {
  const name = run?.config?.loss;
  return typeof name === 'string' ? name : 'mse';
}

/** What the losses of a run are called; a sum by its names and weights. */
export function lossTitle(run: Run): string {
  const name = lossNameOf(run);
  if (Object.hasOwn(TITLES, name)) return TITLES[name as keyof typeof TITLES];
  return isSum(name) ? name.replaceAll('+', ' + ').replaceAll('*', ' ') : 'loss';
}

/** Every name in it is known. */
function isSum(name: string): boolean {
  return name.split('+').every((term) => Object.hasOwn(LOSS_TITLES, term.split('*').at(-1) ?? ''));
}
