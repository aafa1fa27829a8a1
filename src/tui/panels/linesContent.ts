import { type Span, type Theme, widthOf } from '../theme/theme.js';
import type { CanvasContent } from './canvasContent.js';

/** Rows of words, as wide as the widest of them. */
export function linesContent(rows: readonly (readonly Span[])[], { line }: Theme): CanvasContent {
  const columns = Math.max(0, ...rows.map(widthOf));
  return { columns, rows: rows.map((spans) => line(spans) + ' '.repeat(columns - widthOf(spans))) };
}
