import type { RunEvent } from '../events/schema.js';

const TITLES: Readonly<Record<string, string>> = {
  mse: 'mean squared error',
  mae: 'mean absolute error',
  huber: 'Huber loss',
  bce: 'binary cross-entropy',
  crossEntropy: 'cross-entropy',
};

/** What the losses of a run are called: those of runs that do not say are mean squared errors, as of an engine of one's own. */
export function lossTitle(run: Pick<RunEvent, 'config'> | undefined): string {
  const name = run?.config?.loss;
  return (typeof name === 'string' ? TITLES[name] : TITLES.mse) ?? 'loss';
}
