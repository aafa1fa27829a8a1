import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Size } from '../layout.js';
import { firstThatFits } from '../lines/fit.js';
import { headerLine } from '../lines/header.js';
import { keysLine } from '../lines/keys.js';
import { messageLines } from '../lines/message.js';
import { Line } from '../panels/Line.js';
import type { ViewProps } from './viewProps.js';

export interface FramedViewProps extends ViewProps {
  /** Draws what lies between the header and the keys, in so many cells. */
  readonly children: (inner: Size) => ReactNode;
}

/** Header, message and keys, the same in every detailed view, and the view's own rows between them. */
export function FramedView({ state, size, view, children }: FramedViewProps): ReactNode {
  const { columns } = size;
  const message = messageLines(state, view);
  const rows = size.rows - 1;
  const inner = rows - 2 - (message.length > 0 ? 1 : 0);
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Line spans={headerLine(state, view, columns)} />
      {message.length > 0 && <Line spans={[['value', ' '], ...firstThatFits(message, columns - 1)]} />}
      <Box flexDirection="column" height={inner}>
        {children({ columns, rows: inner })}
      </Box>
      <Line spans={keysLine(state, view, columns, true)} />
    </Box>
  );
}
