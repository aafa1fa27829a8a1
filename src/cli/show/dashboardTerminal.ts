import { openTerminal, type Terminal } from '../../tui/screen/terminal.js';
import type { CliStreams } from './standardStreams.js';

/** Smallest terminal with a dashboard. */
const LEAST = { columns: 20, rows: 6 };

export interface DashboardTerminal {
  /** Open, the caller's to close; `undefined` where lines are printed instead. */
  readonly terminal: Terminal | undefined;
  /** Why there is one or none: a phrase for a person. */
  readonly reason: string;
}

/**
 * The terminal on which `--ui auto` shows the dashboard.
 * @param streams @default the process's
 */
export function openDashboardTerminal(streams: CliStreams = process): DashboardTerminal {
  const unwanted = dashboardUnwanted(streams);
  if (unwanted !== undefined) return { terminal: undefined, reason: unwanted };
  const terminal = openTerminal();
  if (terminal === undefined) return { terminal, reason: 'no terminal opens here, or another job has it' };
  if (terminal.columns >= LEAST.columns && terminal.rows >= LEAST.rows)
    return { terminal, reason: 'there is a terminal for it' };
  terminal.close();
  return { terminal: undefined, reason: `the terminal is smaller than ${LEAST.columns}×${LEAST.rows}` };
}

/** What can be known without touching the terminal. */
function dashboardUnwanted({ stdout, stderr, env: { CI, TERM } }: CliStreams): string | undefined {
  if (!stdout.isTTY && !stderr.isTTY) return 'neither stdout nor stderr is a terminal';
  if (TERM === 'dumb') return 'TERM is dumb';
  return CI === undefined || CI === 'false' ? undefined : 'CI is set';
}
