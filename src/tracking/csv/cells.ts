// One row of comma-separated values, or of semicolons or tabs. https://www.rfc-editor.org/rfc/rfc4180

export const SEPARATORS = [',', '\t', ';'] as const;

/** More columns than any table of measurements has. */
const MOST_CELLS = 10_000;

/** The cells of a row, without the spaces around them; a quote that does not end goes to the end of the row. */
export function cellsOf(row: string, separator: string): string[] {
  if (!row.includes('"')) return row.split(separator, MOST_CELLS).map((cell) => cell.trim());
  const cells: string[] = [];
  let at = 0;
  while (at <= row.length && cells.length < MOST_CELLS) {
    const quoted = row[at] === '"';
    const end = quoted ? endOfQuoted(row, at, separator) : row.indexOf(separator, at);
    const cell = row.slice(at, end < 0 ? undefined : end);
    cells.push((quoted ? cell.replace(/^"|"\s*$/g, '').replaceAll('""', '"') : cell).trim());
    if (end < 0) break;
    at = end + 1;
  }
  return cells;
}

/** Place of the separator behind a cell in quotes; -1 where it is the last one. */
function endOfQuoted(row: string, start: number, separator: string): number {
  for (let at = row.indexOf('"', start + 1); at >= 0; at = row.indexOf('"', at + 1)) {
    if (row[at + 1] === '"') at += 1;
    else return row.indexOf(separator, at);
  }
  return -1;
}
