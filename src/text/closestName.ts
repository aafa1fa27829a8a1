/**
 * The candidate that `word` was probably meant to be: equal but for case and punctuation, its beginning, or a few letters off.
 * `undefined` where nothing is near.
 */
export function closestName(word: string, candidates: readonly string[]): string | undefined {
  const wanted = lettersOf(word.slice(0, 64));
  if (wanted === '') return undefined;
  const scored = candidates.map((candidate) => ({ candidate, distance: distanceTo(wanted, lettersOf(candidate)) }));
  const best = scored.reduce((a, b) => (b.distance < a.distance ? b : a), { candidate: '', distance: Infinity });
  return best.distance <= Math.max(1, wanted.length / 3) ? best.candidate : undefined;
}

function distanceTo(wanted: string, candidate: string): number {
  // Of several beginnings the one of the shortest name is nearest, and nearer than another letter.
  if (wanted.length >= 3 && candidate.startsWith(wanted)) return 1 - wanted.length / candidate.length;
  return editDistance(wanted, candidate);
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** @see Damerau (1964), Levenshtein (1966): insertions, deletions, substitutions, and neighbours that changed places */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const [previous, beforePrevious] = [rows[row - 1]!, rows[row - 2]];
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const substitution = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = swapped && beforePrevious ? beforePrevious[column - 2]! + 1 : Infinity;
      current.push(Math.min(substitution, swap, previous[column]! + 1, current[column - 1]! + 1));
    }
    rows.push(current);
  }
  return rows[from.length]![to.length]!;
}
