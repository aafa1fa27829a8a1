import { type KeyWords, keyWordsAreas } from '../rows/viewTabs.js';
import { type Span, type Theme, widthOf } from '../theme/theme.js';
import type { CanvasContent } from './canvasContent.js';

/** One row: words that can be clicked, and others behind them. */
export function keyWordsContent(words: readonly KeyWords[], rest: readonly Span[], theme: Theme): CanvasContent {
  const spans = [...words.flatMap((word) => word.spans), ...rest];
  return { columns: widthOf(spans), rows: [theme.line(spans)], areas: keyWordsAreas(words) };
}
