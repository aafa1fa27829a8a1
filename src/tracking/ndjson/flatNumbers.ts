/** Deeper than any dictionary that is logged. */
const DEEPEST = 8;
/** Of one line. */
const MOST = 10_000;

/** The numbers in a JSON value, by names with dots; lists, texts and truths are left out. */
export function flatNumbers(value: object): Map<string, number> {
  const numbers = new Map<string, number>();
  gather('', value, numbers, 0);
  return numbers;
}

function gather(before: string, value: object, into: Map<string, number>, depth: number): void {
  for (const [key, inner] of Object.entries(value)) {
    if (into.size >= MOST) return;
    const name = before + key;
    const number = numberIn(inner);
    if (number !== undefined) into.set(name, number);
    else if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < DEEPEST)
      gather(`${name}.`, inner, into, depth + 1);
  }
}

/** NaN and infinities, which JSON does not have, are written as texts. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : undefined;
}
