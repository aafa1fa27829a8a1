import { type Capabilities, detectCapabilities } from '../../tui/theme/capabilities.js';
import { openDashboardTerminal } from '../show/dashboardTerminal.js';
import type { CliStreams } from '../show/standardStreams.js';

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

export function examineTerminal(streams: CliStreams): TerminalFinding {
  const { terminal, reason } = openDashboardTerminal(streams);
  const { columns, rows } = terminal ?? [streams.stdout, streams.stderr].find(({ isTTY }) => isTTY) ?? {};
  terminal?.close();
  return {
    stdout: streams.stdout.isTTY === true,
    stderr: streams.stderr.isTTY === true,
    ...(columns !== undefined && rows !== undefined && { columns, rows }),
    ...detectCapabilities(streams.env),
    ui: terminal === undefined ? 'plain' : 'dashboard',
    reason,
  };
}
