// Markdown as GitHub and TensorBoard read it.
import { printable } from './printable.js';

/** Text that stands for itself, in one line: what Markdown or HTML would take for a sign is escaped. */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replace(/[\\`*_[\]<>|~]|^[#+-]/g, (sign) => `\\${sign}`);
}

/** Text in the letters of a program, where no one is called by an @. A backtick in it would end it, and stands as an apostrophe. */
export function markdownCode(text: string): string {
  return `\`${printable(text).replaceAll('`', "'")}\``;
}

/**
 * @param cells Markdown already; the first row has the headings
 * @param alignment of each column
 */
export function markdownTable(cells: readonly (readonly string[])[], alignment: readonly ('left' | 'right')[]): string {
  const [headings = [], ...rows] = cells;
  const rule = alignment.map((side) => (side === 'right' ? '---:' : '---'));
  const lines = [headings.map(inCell), rule, ...rows.map((row) => row.map(inCell))];
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** A bar in a cell would begin the next one, also where it is code. */
function inCell(cell: string): string {
  return cell.replace(/(?<!\\)\|/g, '\\|');
}
