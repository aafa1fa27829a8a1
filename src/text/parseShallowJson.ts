import { nestsDeeper } from './nestsDeeper.js';

/** Nothing that people or programs write for us nests deeper. */
const DEEPEST_NESTING = 32;

/** The value of a JSON text from outside; `undefined` where it is none, or nests more than 32 levels deep. */
export function parseShallowJson(text: string): unknown {
  if (nestsDeeper(text, DEEPEST_NESTING)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
