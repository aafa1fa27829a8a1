import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { KeyWords } from '../lines/tabs.js';
import type { Span } from '../theme.js';
import { HitArea } from './HitArea.js';
import { Line } from './Line.js';

export interface KeyWordsLineProps {
  readonly words: readonly KeyWords[];
  readonly rest: readonly Span[];
}

/** One row: words that can be clicked, and others behind them. */
export function KeyWordsLine({ words, rest }: KeyWordsLineProps): ReactNode {
  return (
    <Box>
      {words.map(({ key, spans }) => (
        <HitArea key={key} target={{ type: 'key', key }}>
          <Line spans={spans} />
        </HitArea>
      ))}
      <Line spans={rest} />
    </Box>
  );
}
