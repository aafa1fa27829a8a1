/** Cells of the labels beside a chart, with the mark that points at their row. */
export const LABEL_COLUMNS = 8;

/** Cells left for the curves of a chart that is so wide. */
export function plotColumns(columns: number): number {
  return Math.max(0, Math.floor(columns) - LABEL_COLUMNS);
}
