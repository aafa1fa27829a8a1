import type { EpochEvent } from '../../events/schema.js';
import type { Finding } from './finding.js';

const EPOCHS = 3;
/** Of the test loss above its best; less is noise. */
const LEAST_RISE = 0.01;

/** For three epochs the training loss has fallen while the test loss has risen from its best. */
export function overfitting(epochs: readonly EpochEvent[]): Finding | undefined {
  const recent = epochs.slice(-EPOCHS - 1);
  const [best, ...after] = recent;
  const last = after.at(-1);
  if (best?.testLoss === undefined || last?.testLoss === undefined || after.length < EPOCHS) return undefined;
  const rises = pairs(recent).every(([one, next]) => (next.testLoss ?? Number.NaN) > (one.testLoss ?? Number.NaN));
  const falls = pairs(recent).every(([one, next]) => next.trainLoss < one.trainLoss);
  if (!rises || !falls || last.testLoss < best.testLoss * (1 + LEAST_RISE)) return undefined;
  const gap = `${Math.round((last.testLoss / best.testLoss - 1) * 100)} %`;
  return {
    rule: 'overfitting',
    step: best.step,
    tone: 'note',
    sentences: [
      `the test loss has risen by ${gap} since epoch ${best.epoch} while the training loss falls: it learns its images by heart`,
      `overfitting since epoch ${best.epoch}: the test loss is up by ${gap}`,
      `overfitting since epoch ${best.epoch}`,
    ],
  };
}

function pairs<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.slice(1).map((item, index) => [items[index]!, item]);
}
