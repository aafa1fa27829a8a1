import { type ReactNode, useContext } from 'react';
import { type KeyWords, keyWordsAreas } from '../rows/viewTabs.js';
import { ThemeContext } from '../theme/ThemeContext.js';
import { type Span, widthOf } from '../theme/theme.js';
import { Canvas } from './Canvas.js';

export interface KeyWordsLineProps {
  readonly words: readonly KeyWords[];
  readonly rest: readonly Span[];
}

/** One row: words that can be clicked, and others behind them. */
export function KeyWordsLine({ words, rest }: KeyWordsLineProps): ReactNode {
  const spans = [...words.flatMap((word) => word.spans), ...rest];
  const row = useContext(ThemeContext).line(spans);
  return <Canvas columns={widthOf(spans)} rows={[row]} areas={keyWordsAreas(words)} />;
}
