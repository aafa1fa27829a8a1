const GAP = '  ';

/**
 * Rows of cells as lines whose columns stand below each other.
 * @param alignment one for each column
 */
export function inColumns(
  rows: readonly (readonly string[])[],
  alignment: readonly ('left' | 'right')[],
): readonly string[] {
  const widths = alignment.map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const align = (cell: string, column: number): string =>
    alignment[column] === 'right' ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  return rows.map((row) => row.map(align).join(GAP).trimEnd());
}
