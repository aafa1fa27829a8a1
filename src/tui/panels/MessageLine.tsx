import { type ReactNode, useContext } from 'react';
import { messageRow } from '../rows/messageRow.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { CanvasContent, Shown } from './canvasContent.js';
import { LiveCanvas } from './LiveCanvas.js';

export interface MessageLineProps {
  readonly shown: Shown;
  readonly columns: number;
}

/** The row that is kept for what has to be said; a click opens the list of alerts. */
export function MessageLine({ shown, columns }: MessageLineProps): ReactNode {
  const theme = useContext(ThemeContext);
  const target = { type: 'key', key: 'a' } as const;
  const draw = ({ state, view }: Shown): CanvasContent => ({
    columns,
    rows: [theme.line(messageRow(state, view, columns))],
    areas: [{ row: 0, column: 0, columns, rows: 1, target }],
  });
  return <LiveCanvas shown={shown} draw={draw} />;
}
