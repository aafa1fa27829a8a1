import { parseShallowJson } from '../../text/parseShallowJson.js';

/** Python writes NaN and infinities bare. */
const BARE = /(?<=[:[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g;

/** The object of a JSON text from outside, as Python's `json` writes it too; `undefined` where it is none. */
export function pythonJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseShallowJson(text) ?? parseShallowJson(/NaN|Infinity/.test(text) ? text.replace(BARE, '"$1"') : '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>;
}
