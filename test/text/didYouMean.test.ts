import { expect, test } from 'vitest';
import { didYouMean } from '../../src/text/didYouMean.js';

test.each([
  ['batchsize', 'Did you mean batchSize?'],
  ['elephant', 'Leave it out.'],
  [undefined, 'Leave it out.'],
])('%j is answered with %j', (word, advice) => {
  expect(didYouMean(word, ['batchSize', 'epochs'], 'Leave it out.')).toBe(advice);
});
