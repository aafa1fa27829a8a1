import { Box } from 'ink';
import type { ReactNode } from 'react';
import { HeaderLine } from '../panels/HeaderLine.js';
import { KeysLine } from '../panels/KeysLine.js';
import { Line } from '../panels/Line.js';
import { firstThatFits } from '../rows/fitWords.js';
import { messageLines } from '../rows/messageRow.js';
import type { Size } from '../screen/size.js';
import { roomOf } from './contentArea.js';
import type { ViewProps } from './viewProps.js';

export interface FramedViewProps extends ViewProps {
  /** Draws what lies between the header and the keys, in so many cells. */
  readonly children: (inner: Size) => ReactNode;
}

/** Header, message and keys, the same in every detailed view, and the view's own rows between them. */
export function FramedView({ state, size, view, children }: FramedViewProps): ReactNode {
  const { columns, rows, header, message, instead, keys } = roomOf(state, size, view);
  return (
    <Box flexDirection="column" width={columns} height={size.rows - 1}>
      {header && (
        <HeaderLine
          state={state}
          view={view}
          columns={columns}
          instead={instead ? messageLines(state, view) : undefined}
        />
      )}
      {message && <Line spans={[['value', ' '], ...firstThatFits(messageLines(state, view), columns - 1)]} />}
      <Box flexDirection="column" height={rows}>
        {children({ columns, rows })}
      </Box>
      {keys && <KeysLine state={state} view={view} columns={columns} progress={true} />}
    </Box>
  );
}
