import { type ReactNode, useContext } from 'react';
import { ThemeContext } from '../theme/ThemeContext.js';
import { type Span, widthOf } from '../theme/theme.js';
import { Canvas } from './Canvas.js';

/** One row of words. */
export function Line({ spans }: { readonly spans: readonly Span[] }): ReactNode {
  return <Lines rows={[spans]} />;
}

/** Rows of words below each other; a row without words is a free row. */
export function Lines({ rows }: { readonly rows: readonly (readonly Span[])[] }): ReactNode {
  const { line } = useContext(ThemeContext);
  const columns = Math.max(0, ...rows.map(widthOf));
  return <Canvas columns={columns} rows={rows.map((spans) => line(spans) + ' '.repeat(columns - widthOf(spans)))} />;
}
