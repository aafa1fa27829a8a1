import type { EpochEvent } from '../../events/schema.js';
import { formatLoss } from '../format.js';
import type { Finding } from './finding.js';
import type { Symptoms } from './symptoms.js';

const EPOCHS = 5;
/** The notebook's last five epochs still gain 1.5 %; a run that has stopped learning gains less than this. */
const LEAST_GAIN = 0.002;

/** Nothing has been learnt for five epochs: neither a better test loss, where there is one, nor a better training loss. */
export function plateau({ epochs }: Pick<Symptoms, 'epochs'>): Finding | undefined {
  const recent = epochs.slice(-EPOCHS);
  const before = epochs.slice(0, -EPOCHS);
  const last = recent.at(-1);
  if (before.length === 0 || last === undefined) return undefined;
  const gain = 1 - Math.min(...recent.map(judgedLoss)) / Math.min(...before.map(judgedLoss));
  if (!(gain < LEAST_GAIN)) return undefined;
  const kind = last.testLoss === undefined ? 'training' : 'test';
  const best = formatLoss(Math.min(...epochs.map(judgedLoss)));
  return {
    rule: 'plateau',
    step: last.step,
    severity: 'note',
    sentences: [
      `no progress for ${EPOCHS} epochs: the ${kind} loss stays at ${best}`,
      `no progress for ${EPOCHS} epochs`,
      'no progress',
    ],
    advice: [
      { words: 'end after this epoch', key: 'x' },
      { words: 'halve the learning rate: a finer step sometimes gets on', key: '-' },
    ],
  };
}

function judgedLoss({ testLoss, trainLoss }: EpochEvent): number {
  return testLoss ?? trainLoss;
}
