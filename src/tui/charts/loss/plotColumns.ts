/** Cells of the labels beside a chart, with the mark that points at their row. */
export const LABEL_COLUMNS = 8;

/** Cells right of the curves, for what each of them is and its last value; a narrow chart has none. */
export function endColumns(columns: number): number {
  const wide = Math.floor(columns) - LABEL_COLUMNS;
  return wide >= WIDE.names ? END_COLUMNS.names : wide >= WIDE.values ? END_COLUMNS.values : 0;
}

const END_COLUMNS = { names: 19, values: 11 } as const;
const WIDE = { names: 90, values: 64 } as const;

/** Cells left for the curves of a chart that is so wide. */
export function plotColumns(columns: number): number {
  return Math.max(0, Math.floor(columns) - LABEL_COLUMNS - endColumns(columns));
}
