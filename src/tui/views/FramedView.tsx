import { Box } from 'ink';
import type { ReactNode } from 'react';
import { HeaderLine } from '../panels/HeaderLine.js';
import { KeysLine } from '../panels/KeysLine.js';
import { MessageLine } from '../panels/MessageLine.js';
import { bottomWords } from '../rows/statusRow.js';
import type { Size } from '../screen/size.js';
import { roomOf } from './contentArea.js';
import type { ViewProps } from './viewProps.js';

export interface FramedViewProps extends ViewProps {
  /** Draws what lies between the header and the keys, in so many cells. */
  readonly children: (inner: Size) => ReactNode;
}

/** Header, message and keys, the same in every detailed view, and the view's own rows between them. */
export function FramedView({ state, size, view, children }: FramedViewProps): ReactNode {
  const { columns, rows, header, message } = roomOf(size, view);
  const shown = { state, view };
  return (
    <Box flexDirection="column" width={columns} height={size.rows - 1}>
      {header && <HeaderLine shown={shown} columns={columns} message={message} />}
      {message && <MessageLine shown={shown} columns={columns} />}
      <Box flexDirection="column" height={rows}>
        {children({ columns, rows })}
      </Box>
      {header || bottomWords(state, view) !== undefined ? (
        <KeysLine shown={shown} columns={columns} progress={true} />
      ) : (
        <MessageLine shown={shown} columns={columns} />
      )}
    </Box>
  );
}
