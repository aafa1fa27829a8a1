import { MINIMUM } from '../layout/layout.js';
import type { Size } from '../screen/size.js';
import type { Span } from '../theme/theme.js';

/** What a terminal below the minimum says, in as many rows as its width asks for and its height allows. */
export function tooSmallRows({ columns, rows }: Size): Span[][] {
  const lines: string[] = [];
  for (const word of ['needs', 'at', 'least', `${MINIMUM.columns}×${MINIMUM.rows}`]) {
    const longer = [lines.at(-1), word].filter((part) => part !== undefined).join(' ');
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(word.slice(0, Math.max(0, columns)));
  }
  return lines.slice(0, Math.max(0, rows)).map((line) => [['value', line]]);
}
