import type { Finding } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** Nothing says how the network does on images that it has not seen. */
export function noTestData({ run, epochs, tested }: Symptoms): Finding | undefined {
  const last = epochs.at(-1);
  if (run === undefined || last === undefined || tested) return undefined;
  return {
    rule: 'noTestData',
    step: last.step,
    severity: 'note',
    sentences: ['no test images: whether it overfits cannot be seen', 'no test images'],
    advice: [{ words: 'train --test-data FILE measures the loss on images that it does not learn from' }],
  };
}
