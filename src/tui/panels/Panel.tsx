import { Box } from 'ink';
import type { ReactNode } from 'react';
import { drawRule } from '../charts/rule.js';
import type { Span } from '../theme/theme.js';
import { Lines } from './Line.js';

export interface PanelProps {
  readonly title: string;
  /** Stands at the right end of the title's rule. */
  readonly note?: readonly Span[];
  readonly columns: number;
  /** Words below the rule. */
  readonly rows?: readonly (readonly Span[])[];
  /** What else belongs to it, below the words. */
  readonly children?: ReactNode;
}

/** A thin rule with a title, and what belongs to it below. */
export function Panel({ title, note = [], columns, rows = [], children }: PanelProps): ReactNode {
  const words = <Lines rows={[drawRule(title, note, columns), ...rows]} />;
  if (children === undefined) return words;
  return (
    <Box flexDirection="column" width={columns} flexShrink={0}>
      {words}
      {children}
    </Box>
  );
}
