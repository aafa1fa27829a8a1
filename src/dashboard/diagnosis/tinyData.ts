import { formatCount } from '../format.js';
import type { Finding } from './finding.js';
import { overfitting } from './overfitting.js';
import type { Symptoms } from './symptoms.js';

/** Any network learns fewer by heart. */
const FEW = 100;

/** There are so few images that nothing general can be learnt from them. */
export function tinyData({ run, epochs }: Pick<Symptoms, 'run' | 'epochs'>): Finding | undefined {
  const items = run?.dataset.items;
  if (items === undefined || items >= FEW || epochs.length === 0) return undefined;
  const images = `${formatCount(items)} training ${items === 1 ? 'image' : 'images'}`;
  const last = epochs.at(-1)!;
  const byHeart = overfitting({ run, epochs }) !== undefined;
  const times = ((last.testLoss ?? 0) / last.trainLoss).toFixed(1);
  return {
    rule: 'tinyData',
    step: last.step,
    severity: byHeart ? 'warning' : 'note',
    sentences: byHeart
      ? [
          `only ${images}: it learns them by heart (the test loss is ${times} times the training loss)`,
          `only ${images}: it learns them by heart`,
          `only ${images}`,
        ]
      : [`only ${images}: it can learn them by heart`, `only ${images}`],
    advice: [{ words: 'train with more images: a thousand at least' }],
  };
}
