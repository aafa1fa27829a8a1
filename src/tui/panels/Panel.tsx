import { Box } from 'ink';
import type { ReactNode } from 'react';
import { drawRule } from '../charts/rule.js';
import type { Span } from '../theme.js';
import { Line } from './Line.js';

export interface PanelProps {
  readonly title: string;
  /** Stands at the right end of the title's rule. */
  readonly note?: readonly Span[];
  readonly columns: number;
  readonly children?: ReactNode;
}

/** A thin rule with a title, and what belongs to it below. */
export function Panel({ title, note = [], columns, children }: PanelProps): ReactNode {
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      <Line spans={drawRule(title, note, columns)} />
      {children}
    </Box>
  );
}
