import { type ReactNode, useContext } from 'react';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Span } from '../theme/theme.js';
import type { Shown } from './canvasContent.js';
import { LiveCanvas } from './LiveCanvas.js';
import { linesContent } from './linesContent.js';

export interface LiveLinesProps {
  readonly shown: Shown;
  /** Rows of words, a function of what is shown and of nothing that changes without a new layout. */
  readonly draw: (shown: Shown) => readonly (readonly Span[])[];
}

/** Rows of words that can be drawn anew without laying out the screen. */
export function LiveLines({ shown, draw }: LiveLinesProps): ReactNode {
  const theme = useContext(ThemeContext);
  return <LiveCanvas shown={shown} draw={(now) => linesContent(draw(now), theme)} />;
}
