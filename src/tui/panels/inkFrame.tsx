import { Box, renderToString } from 'ink';
import type { ReactNode } from 'react';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Theme } from '../theme/theme.js';
import { CanvasContext, type PlacedCanvas } from './Canvas.js';

/**
 * Lays an element out with Ink and returns its canvases in their places. Only canvases (and lines, which are canvases) show:
 * Ink's own text is not composed, because the box stands outside the flow and leaves Ink a frame of no rows, which takes
 * half the time. Ink writes nothing either, holds no terminal, no stdin and no signal handler; an error in a panel is
 * thrown here.
 */
export function inkFrame(element: ReactNode, columns: number, theme: Theme): PlacedCanvas[] {
  const canvases: PlacedCanvas[] = [];
  renderToString(
    <ThemeContext value={theme}>
      <CanvasContext value={(canvas) => canvases.push(canvas)}>
        <Box position="absolute">{element}</Box>
      </CanvasContext>
    </ThemeContext>,
    { columns },
  );
  return canvases;
}
