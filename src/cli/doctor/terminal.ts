import { type Capabilities, detectCapabilities } from '../../tui/theme/capabilities.js';
import type { ProgramContext } from '../programContext.js';
import { openDashboardTerminal } from '../show/dashboardTerminal.js';

/** The terminal that the command was started from, with its colours and characters. */
export interface TerminalFinding extends Capabilities {
  /** Whether each is a terminal. */
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Cells, where there is a terminal. */
  readonly columns?: number;
  readonly rows?: number;
  /** What `--ui auto` shows here, and why. */
  readonly ui: 'dashboard' | 'plain';
  readonly reason: string;
}

export function examineTerminal(context: ProgramContext): TerminalFinding {
  const { terminal, reason } = openDashboardTerminal(context);
  const { columns, rows } = terminal ?? [context.stdout, context.stderr].find(({ isTTY }) => isTTY) ?? {};
  terminal?.close();
  return {
    stdout: context.stdout.isTTY === true,
    stderr: context.stderr.isTTY === true,
    ...(columns !== undefined && rows !== undefined && { columns, rows }),
    ...detectCapabilities(context.environment),
    ui: terminal === undefined ? 'plain' : 'dashboard',
    reason,
  };
}
