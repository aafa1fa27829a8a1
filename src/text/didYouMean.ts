import { closestName } from './closestName.js';

/** The advice for a misspelt name: a question with the one that was probably meant, or else what is given instead. */
export function didYouMean(word: unknown, candidates: readonly string[], otherwise: string): string {
  const near = typeof word === 'string' ? closestName(word, candidates) : undefined;
  return near === undefined ? otherwise : `Did you mean ${near}?`;
}
