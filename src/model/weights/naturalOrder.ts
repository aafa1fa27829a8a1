/**
 * Compares names as a person would sort the layers of a network: numbers by their value, and an encoder before its decoder.
 */
export function naturalOrder(one: string, other: string): number {
  const [ones, others] = [tokensOf(one), tokensOf(other)];
  for (let at = 0; at < Math.min(ones.length, others.length); at++) {
    const [a, b] = [ones[at]!, others[at]!];
    const difference = Number(a) - Number(b);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    if (a !== b && Number.isNaN(difference)) return a < b ? -1 : 1;
  }
  return ones.length - others.length;
}

function tokensOf(name: string): readonly string[] {
  // What begins with "enc" goes before what begins with "dec", and before all else.
  const marked = name.replace(/(^|[./_])(?=enc)/gi, '$1\u0001');
  return marked.match(/\d+|\D+/g) ?? [];
}
