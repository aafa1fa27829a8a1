import { Box, type DOMElement, Text } from 'ink';
import { createContext, type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { type Place, placeOf } from './absolutePosition.js';
import type { CanvasContent, Draw } from './canvasContent.js';

/** A canvas where Ink has put it. */
export interface PlacedCanvas {
  readonly place: Place;
  readonly content: CanvasContent;
  readonly redraw: Draw | undefined;
}

/** Takes the canvases of a frame. Without one, in any other Ink app, Ink prints the cells itself. */
export const CanvasContext = createContext<((canvas: PlacedCanvas) => void) | undefined>(undefined);

export interface CanvasProps extends CanvasContent {
  /** Draws what it shows later, in the same place. @default it never changes by itself */
  readonly redraw?: Draw | undefined;
}

/**
 * Rows of cells that are ready. Ink keeps their place free and never sees them, because it would take every cell apart in
 * every frame and remember every row forever (measured: 2 ms a frame of 120 × 40 instead of 11, and a flat heap).
 *
 * A panel is one canvas where it can be: every box costs Ink, React and Yoga about 10 µs a frame, a row of cells less than one.
 */
export function Canvas({ redraw, ...content }: CanvasProps): ReactNode {
  const { columns, rows } = content;
  const paint = useContext(CanvasContext);
  const box = useRef<DOMElement>(null);
  useLayoutEffect(() => {
    if (box.current !== null) paint?.({ place: placeOf(box.current), content, redraw });
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
