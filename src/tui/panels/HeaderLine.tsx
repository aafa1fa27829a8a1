import { type ReactNode, useContext } from 'react';
import { headerOf } from '../rows/headerRow.js';
import { messageLines } from '../rows/messageRow.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Shown } from './canvasContent.js';
import { keyWordsContent } from './keyWordsContent.js';
import { LiveCanvas } from './LiveCanvas.js';

export interface HeaderLineProps {
  readonly shown: Shown;
  readonly columns: number;
  /** The message has a row of its own; otherwise it stands here in place of the run's description. */
  readonly message: boolean;
}

/** The first row: the views, what is trained on what, and how far it is. */
export function HeaderLine({ shown, columns, message }: HeaderLineProps): ReactNode {
  const theme = useContext(ThemeContext);
  const draw = ({ state, view }: Shown) => {
    const lines = message ? [] : messageLines(state, view);
    const { tabs, rest } = headerOf(state, view, columns, lines.length > 0 ? lines : undefined);
    return keyWordsContent(tabs, rest, theme);
  };
  return <LiveCanvas shown={shown} draw={draw} />;
}
