import type { EpochEvent } from '../../events/schema.js';
import { hasLayer } from '../penalties.js';
import type { Finding } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** So long ago the test loss was at its best. */
const EPOCHS = 3;
/** Of the test loss above its best; less is noise. */
const LEAST_RISE = 0.03;
/** And what the training loss has fallen by since. */
const LEAST_FALL = 0.02;
/** Of the training loss: the network does so much worse on images that it has not seen. */
const GAP = 2;

/** The network does much better on the images that it learns from than on others, or does ever worse on others. */
export function overfitting({
  run,
  epochs,
}: Pick<Symptoms, 'epochs'> & Partial<Pick<Symptoms, 'run'>>): Finding | undefined {
  const last = epochs.at(-1);
  if (last?.testLoss === undefined || epochs.length <= EPOCHS) return undefined;
  const best = epochs.reduce((one, other) => (testOf(other) < testOf(one) ? other : one));
  const rise = last.testLoss / testOf(best) - 1;
  const rising =
    rise >= LEAST_RISE && last.epoch - best.epoch >= EPOCHS && last.trainLoss < best.trainLoss * (1 - LEAST_FALL);
  const times = last.testLoss / last.trainLoss;
  // While the divergence warms up it counts for less in the training loss.
  const isFar = times >= GAP && !hasLayer(run, 'variational');
  if (!rising && !isFar) return undefined;
  const rest: Pick<Finding, 'rule' | 'severity' | 'advice'> = {
    rule: 'overfitting',
    severity: 'warning',
    advice: [
      {
        words: `${rising ? `stop: the best weights are those of epoch ${best.epoch}` : 'end after this epoch'}`,
        key: 'x',
      },
      { words: 'train with more images, or a smaller network' },
      { words: 'train --patience 3 stops by itself' },
    ],
  };
  if (isFar) {
    const said = `the test loss is ${times.toFixed(1)} times the training loss`;
    const sentences: Finding['sentences'] = [
      `overfitting: ${said}, it learns its images by heart`,
      `overfitting: ${said}`,
      `overfitting: test ${times.toFixed(1)} × train`,
    ];
    return { ...rest, step: last.step, sentences };
  }
  const percent = `${Math.round(rise * 100)} %`;
  return {
    ...rest,
    step: best.step,
    sentences: [
      `overfitting: the test loss has risen by ${percent} since epoch ${best.epoch} while the training loss falls`,
      `overfitting since epoch ${best.epoch}: the test loss is up by ${percent}`,
      `overfitting since epoch ${best.epoch}`,
    ],
  };
}

function testOf({ testLoss }: EpochEvent): number {
  return testLoss ?? Number.POSITIVE_INFINITY;
}
