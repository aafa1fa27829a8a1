// Saying as much as there is room for.
import { type Span, widthOf } from '../theme/theme.js';

/** The first line that fits; the last one cut off where none does. */
export function firstThatFits(lines: readonly Span[][], columns: number): Span[] {
  return lines.find((line) => widthOf(line) <= columns) ?? cut(lines.at(-1) ?? [], columns);
}

function cut(line: readonly Span[], columns: number): Span[] {
  const kept: Span[] = [];
  let left = columns - 1;
  for (const [tone, text] of line) {
    if (text.length > left) return left < 0 ? kept : [...kept, [tone, `${text.slice(0, left)}…`]];
    kept.push([tone, text]);
    left -= text.length;
  }
  return kept;
}

/** A part of a line; of parts that do not fit together, the one with the highest rank leaves first. */
export interface Piece {
  readonly span: Span;
  readonly rank: number;
  /** Before the next piece. @default a dot */
  readonly separator?: Span;
}

const DOT: Span = ['label', ' · '];

/** The pieces in their order, as many as fit. */
export function fitPieces(pieces: readonly Piece[], columns: number): Span[] {
  const line = pieces.flatMap(({ span, separator = DOT }) => [span, separator]).slice(0, -1);
  if (widthOf(line) <= columns || pieces.length === 0) return line;
  const highest = Math.max(...pieces.map(({ rank }) => rank));
  return fitPieces(
    pieces.filter(({ rank }) => rank !== highest),
    columns,
  );
}

/** Left and right part on a row of exactly these cells, one cell free at either end. */
export function spread(left: readonly Span[], right: readonly Span[], columns: number): Span[] {
  const gap = Math.max(0, columns - 2 - widthOf(left) - widthOf(right));
  return [['value', ' '], ...left, ['value', ' '.repeat(gap)], ...right, ['value', ' ']];
}

/** Words in lines of at most so many cells; a longer word is cut into pieces. */
export function wrapped(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((whole) => piecesOf(whole, width))) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function piecesOf(word: string, width: number): string[] {
  const pieces = Array.from({ length: Math.ceil(word.length / width) }, (_, piece) =>
    word.slice(piece * width, (piece + 1) * width),
  );
  return pieces.length === 0 ? [''] : pieces;
}
