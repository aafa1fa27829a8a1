/** What a line says. */
export interface Reading {
  /** Figures by name. */
  readonly values: readonly (readonly [name: string, value: number])[];
  /** As it is printed: some count from 0. */
  readonly epoch?: number | undefined;
  readonly step?: number | undefined;
  /** A bar within the epoch. */
  readonly progress?: { readonly done: number; readonly of: number } | undefined;
}

/** Reads a line; nothing where it is not of its kind. */
export type LinePattern = (line: string) => Reading | undefined;

/** Values of one line that are read; the rest is no line for people. */
export const MOST_VALUES = 100;

export const NUMBER = String.raw`[-+]?(?:\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan\b|inf(?:inity)?\b)`;

/** A number as programs print it: with thousands set apart, `nan`, `-inf`. Nothing where it is none. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replaceAll(',', '').toLowerCase();
  if (/^[-+]?nan$/.test(plain)) return Number.NaN;
  if (/^[-+]?inf(?:inity)?$/.test(plain))
    return plain.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = plain === '' ? Number.NaN : Number(plain);
  return Number.isNaN(value) ? undefined : value;
}

/** Names of a position rather than of a figure. */
export function positionOf(name: string): 'epoch' | 'step' | undefined {
  const word = name.toLowerCase().replace(/^(?:train(?:ing)?|global|current|cur|total)[ _/]/, '');
  if (word === 'epoch' || word === 'epochs') return 'epoch';
  return /^(?:step|steps|iter|iters|iteration|update|updates|batch)$/.test(word) ? 'step' : undefined;
}
