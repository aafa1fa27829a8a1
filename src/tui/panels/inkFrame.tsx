import { Box, renderToString } from 'ink';
import type { ReactNode } from 'react';
import type { Frame } from '../screen/frame.js';
import { type Area, AreaContext } from '../screen/hitArea.js';
import type { Patch } from '../screen/patch.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Theme } from '../theme/theme.js';
import { PatchContext } from './Canvas.js';

/** A frame, and where in it the mouse hits what. */
export interface InkFrame {
  readonly frame: Frame;
  readonly areas: readonly Area[];
}

/**
 * Lays an element out with Ink and returns what its canvases paint. Only canvases (and lines, which are canvases) show:
 * Ink's own text is not composed, because the box stands outside the flow and leaves Ink a frame of no rows, which takes
 * half the time. Ink writes nothing either, holds no terminal, no stdin and no signal handler; an error in a panel is
 * thrown here.
 */
export function inkFrame(element: ReactNode, columns: number, theme: Theme): InkFrame {
  const patches: Patch[] = [];
  const areas: Area[] = [];
  renderToString(
    <ThemeContext value={theme}>
      <AreaContext value={(area) => areas.push(area)}>
        <PatchContext value={(more) => patches.push(...more)}>
          <Box position="absolute">{element}</Box>
        </PatchContext>
      </AreaContext>
    </ThemeContext>,
    { columns },
  );
  return { frame: patches, areas };
}
