import { type ReactNode, useContext } from 'react';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Span } from '../theme/theme.js';
import { Canvas } from './Canvas.js';
import { linesContent } from './linesContent.js';

/** One row of words. */
export function Line({ spans }: { readonly spans: readonly Span[] }): ReactNode {
  return <Lines rows={[spans]} />;
}

/** Rows of words below each other; a row without words is a free row. */
export function Lines({ rows }: { readonly rows: readonly (readonly Span[])[] }): ReactNode {
  return <Canvas {...linesContent(rows, useContext(ThemeContext))} />;
}
