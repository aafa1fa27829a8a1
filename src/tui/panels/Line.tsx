import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import { type Span, widthOf } from '../theme.js';
import { Canvas } from './Canvas.js';
import { ThemeContext } from './ThemeContext.js';

/** One row of words. */
export function Line({ spans }: { readonly spans: readonly Span[] }): ReactNode {
  return <Canvas columns={widthOf(spans)} rows={[useContext(ThemeContext).line(spans)]} />;
}

/** Rows of words below each other; a row without words is a free row. */
export function Lines({ rows }: { readonly rows: readonly (readonly Span[])[] }): ReactNode {
  const lines = rows.map((spans, row) => ({ key: `row ${row}`, spans }));
  return (
    <Box flexDirection="column">
      {lines.map(({ key, spans }) => (
        <Line key={key} spans={spans} />
      ))}
    </Box>
  );
}
