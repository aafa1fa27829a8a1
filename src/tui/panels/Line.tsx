import { type ReactNode, useContext } from 'react';
import { type Span, widthOf } from '../theme.js';
import { Canvas } from './Canvas.js';
import { ThemeContext } from './ThemeContext.js';

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
