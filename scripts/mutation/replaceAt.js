/**
 * Puts the mutated lines in the place of the original ones.
 * @param occurrence how many times the same lines stand before the place; the last one where the file has fewer now
 */
export function replaceAt(text, { original, mutated, occurrence }) {
  const parts = text.split(original);
  const at = Math.min(occurrence, parts.length - 2) + 1;
  return parts.slice(0, at).join(original) + mutated + parts.slice(at).join(original);
}
