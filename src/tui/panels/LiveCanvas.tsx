import type { ReactNode } from 'react';
import { Canvas } from './Canvas.js';
import type { Draw, Shown } from './canvasContent.js';

export interface LiveCanvasProps {
  readonly shown: Shown;
  readonly draw: Draw;
}

/** A canvas that can be drawn anew without laying out the screen. */
export function LiveCanvas({ shown, draw }: LiveCanvasProps): ReactNode {
  const content = draw(shown);
  return content && <Canvas {...content} redraw={draw} />;
}
