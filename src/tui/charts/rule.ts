import { type Span, widthOf } from '../theme/theme.js';

/** A thin line of exactly `columns` cells that carries a title and, where there is room, a note at its right end. */
export function drawRule(title: string, note: readonly Span[], columns: number): Span[] {
  const head = `─ ${title} `;
  const noted = note.length > 0 && head.length + widthOf(note) + 4 <= columns;
  const tail: Span[] = noted ? [['rule', ' '], ...note, ['rule', ' ─']] : [];
  const line = columns - head.length - widthOf(tail);
  if (line < 0) return [['rule', '─'.repeat(Math.max(0, columns))]];
  return [['rule', '─ '], ['value', title], ['rule', ` ${'─'.repeat(line)}`], ...tail];
}
