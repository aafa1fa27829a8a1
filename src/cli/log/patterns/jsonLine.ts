// A line that is a JSON object: its numbers are figures, nested ones flattened with dots.
import { parseShallowJson } from '../../../text/parseShallowJson.js';
import { MOST_VALUES, numberIn, positionOf, type Reading } from '../reading.js';

export function jsonLine(line: string): Reading | undefined {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const value = parseShallowJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const numbers = [...numbersIn(value, '')].slice(0, MOST_VALUES);
  const at = (kind: 'epoch' | 'step'): number | undefined => numbers.find(([name]) => positionOf(name) === kind)?.[1];
  return {
    values: numbers.filter(([name]) => positionOf(name) === undefined),
    epoch: at('epoch'),
    step: at('step'),
  };
}

function* numbersIn(value: object, before: string): Generator<readonly [string, number]> {
  for (const [key, inner] of Object.entries(value)) {
    const name = before + key;
    if (typeof inner === 'number') yield [name, inner];
    else if (typeof inner === 'string' && /^[-+]?(?:nan|inf(?:inity)?)$/i.test(inner)) yield [name, numberIn(inner)!];
    else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) yield* numbersIn(inner, `${name}.`);
  }
}
