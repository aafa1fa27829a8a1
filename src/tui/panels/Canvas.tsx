import { Box, type DOMElement, Text } from 'ink';
import { createContext, type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { type Area, AreaContext } from '../screen/hitArea.js';
import type { Patch, PlacedPicture } from '../screen/patch.js';
import { placeOf } from './absolutePosition.js';

/** Takes the patches of a frame. Without one, in any other Ink app, Ink prints the cells itself. */
export const PatchContext = createContext<((patches: readonly Patch[]) => void) | undefined>(undefined);

export interface CanvasProps {
  /** Cells of every row. */
  readonly columns: number;
  /** Rows of exactly `columns` cells, with SGR codes and nothing else that a terminal obeys. */
  readonly rows: readonly string[];
  /** Lie over the rows. */
  readonly pictures?: readonly PlacedPicture[] | undefined;
  /** What can be hit of it, in places of the canvas. */
  readonly areas?: readonly Area[] | undefined;
}

/**
 * Rows of cells that are ready. Ink keeps their place free and never sees them, because it would take every cell apart in
 * every frame and remember every row forever (measured: 2 ms a frame of 120 × 40 instead of 11, and a flat heap).
 *
 * A panel is one canvas where it can be: every box costs Ink, React and Yoga about 10 µs a frame, a row of cells less than one.
 */
export function Canvas({ columns, rows, pictures = [], areas = [] }: CanvasProps): ReactNode {
  const paint = useContext(PatchContext);
  const found = useContext(AreaContext);
  const box = useRef<DOMElement>(null);
  useLayoutEffect(() => {
    if (box.current === null) return;
    const place = placeOf(box.current);
    const patches = rows.map((text, row) => ({ row: place.row + row, column: place.column, columns, text }));
    const placed = pictures.map(({ row, column, columns: wide, image, rows: high }) => ({
      row: place.row + row,
      column: place.column + column,
      columns: wide,
      text: '',
      picture: { image, rows: high },
    }));
    paint?.([...patches, ...placed]);
    for (const area of areas) found?.({ ...area, row: place.row + area.row, column: place.column + area.column });
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
