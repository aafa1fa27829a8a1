import { formatLoss } from '../format.js';
import type { Finding } from './finding.js';
import { reconstructionsOf } from './reconstructions.js';
import type { Symptoms } from './symptoms.js';

const LEAST_LOSSES = 800;
const LEAST_EPOCHS = 3;
/** Of the loss before training: what is above it has learnt next to nothing. */
const HARDLY = 0.8;
/** Of what the mean image leaves unexplained; networks of a useful size leave less than half. */
const MUCH = 0.6;
/** By how much the training loss has to fall within so many steps not to be flat. */
const [FLAT_STEPS, LEAST_GAIN] = [500, 0.06];

/** The network hardly learns, or has stopped learning long before its pictures are good. */
export function underfitting(symptoms: Symptoms): Finding | undefined {
  const { trend, epochs, samples } = symptoms;
  const newest = samples.at(-1);
  const reading = newest && reconstructionsOf(newest);
  if (trend.losses < LEAST_LOSSES || epochs.length < LEAST_EPOCHS || reading === undefined) return undefined;
  if (reading.unexplained < MUCH) return undefined;
  return trend.mean > HARDLY * trend.first ? hardly(symptoms) : flat(symptoms, reading.unexplained);
}

function hardly({ trend: { mean, first, lastStep }, learningRate }: Symptoms): Finding {
  const rate = learningRate === undefined ? '' : `: a learning rate of ${learningRate} may be too low`;
  const said = `the loss has hardly moved from ${formatLoss(first)} to ${formatLoss(mean)}`;
  return {
    rule: 'underfitting',
    step: lastStep,
    severity: 'warning',
    sentences: [`it learns too slowly: ${said}${rate}`, `it learns too slowly${rate}`, 'it learns too slowly'],
    advice: [{ words: 'double the learning rate', key: '+' }, { words: '0.001 is a good rate to begin with' }],
  };
}

function flat({ trend: { lastStep }, epochs }: Symptoms, unexplained: number): Finding | undefined {
  const last = epochs.at(-1)!;
  const earlier = epochs.findLast(({ step }) => last.step - step >= FLAT_STEPS);
  if (earlier === undefined || !(last.trainLoss > earlier.trainLoss * (1 - LEAST_GAIN))) return undefined;
  const share = `${Math.round((1 - Math.min(1, unexplained)) * 100)} %`;
  return {
    rule: 'underfitting',
    step: lastStep,
    severity: 'warning',
    sentences: [
      `underfitting: the loss is flat at ${formatLoss(last.trainLoss)}, and the pictures explain ${share} of how images differ`,
      `underfitting: the loss is flat at ${formatLoss(last.trainLoss)}`,
      'underfitting: the loss is flat',
    ],
    advice: [
      { words: 'a larger network, above all a larger latent' },
      { words: 'double the learning rate', key: '+' },
      { words: 'start again with another --seed' },
    ],
  };
}
