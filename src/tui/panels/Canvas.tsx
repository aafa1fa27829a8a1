import { Box, type DOMElement, Text } from 'ink';
import { createContext, type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { placeOf } from './placeOf.js';

/** One row of cells in its place on the screen; `row` and `column` count from 0. */
export interface Patch {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly text: string;
}

/** Takes the patches of a frame. Without one, in any other Ink app, Ink prints the cells itself. */
export const PatchContext = createContext<((patches: readonly Patch[]) => void) | undefined>(undefined);

export interface CanvasProps {
  /** Cells of every row. */
  readonly columns: number;
  /** Rows of exactly `columns` cells, with SGR codes and nothing else that a terminal obeys. */
  readonly rows: readonly string[];
}

/**
 * Rows of cells that are ready. Ink keeps their place free and never sees them, because it would take every cell apart in
 * every frame and remember every row for ever (measured: 2 ms a frame of 120 × 40 instead of 11, and a flat heap).
 */
export function Canvas({ columns, rows }: CanvasProps): ReactNode {
  const paint = useContext(PatchContext);
  const box = useRef<DOMElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const place = placeOf(box.current);
    paint?.(rows.map((text, row) => ({ row: place.row + row, column: place.column, columns, text })));
  });
  if (paint !== undefined) return <Box ref={box} width={columns} height={rows.length} flexShrink={0} />;
  const lines = rows.map((text, row) => ({ key: `row ${row}`, text }));
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      {lines.map(({ key, text }) => (
        <Text key={key} wrap="truncate">
          {text}
        </Text>
      ))}
    </Box>
  );
}
