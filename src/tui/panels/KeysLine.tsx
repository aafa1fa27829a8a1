import { type ReactNode, useContext } from 'react';
import { keysLineOf } from '../rows/keysRow.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import type { Shown } from './canvasContent.js';
import { keyWordsContent } from './keyWordsContent.js';
import { LiveCanvas } from './LiveCanvas.js';

export interface KeysLineProps {
  readonly shown: Shown;
  readonly columns: number;
  /** Says speed and time left, where no panel does. */
  readonly progress: boolean;
}

/** The last row: the keys, or what there is to ask and to say. */
export function KeysLine({ shown, columns, progress }: KeysLineProps): ReactNode {
  const theme = useContext(ThemeContext);
  const draw = ({ state, view }: Shown) => {
    const { keys, rest } = keysLineOf(state, view, columns, progress);
    return keyWordsContent(keys, rest, theme);
  };
  return <LiveCanvas shown={shown} draw={draw} />;
}
