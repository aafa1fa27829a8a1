import { type ReactNode, useContext } from 'react';
import type { Size } from '../../screen/size.js';
import { ThemeContext } from '../../theme/ThemeContext.js';
import type { Shown } from '../canvasContent.js';
import { LiveCanvas } from '../LiveCanvas.js';
import { tagsContent } from './tagsContent.js';

export interface TagsPanelProps {
  readonly shown: Shown;
  readonly size: Size;
}

/** Figures, pictures, histograms and texts under names: all in a grid, or one of them large. */
export function TagsPanel({ shown, size }: TagsPanelProps): ReactNode {
  const theme = useContext(ThemeContext);
  return <LiveCanvas shown={shown} draw={(now) => tagsContent(now, size, theme)} />;
}
