import type { Terminal } from '../../tui/screen/terminal.js';
import type { CliStreams, ProgramContext } from '../programContext.js';

/** Smallest terminal with a dashboard. */
const LEAST = { columns: 20, rows: 6 };

export interface DashboardTerminal {
  /** Open, the caller's to close; `undefined` where lines are printed instead. */
  readonly terminal: Terminal | undefined;
  /** Why there is one or none: a phrase for a person. */
  readonly reason: string;
}

/** The terminal on which `--ui auto` shows the dashboard. */
export function openDashboardTerminal(context: CliStreams & Pick<ProgramContext, 'terminal'>): DashboardTerminal {
  const unwanted = dashboardUnwanted(context);
  if (unwanted !== undefined) return { terminal: undefined, reason: unwanted };
  const terminal = context.terminal();
  if (terminal === undefined) return { terminal, reason: 'no terminal opens here, or another job has it' };
  if (terminal.columns >= LEAST.columns && terminal.rows >= LEAST.rows)
    return { terminal, reason: 'there is a terminal for it' };
  terminal.close();
  return { terminal: undefined, reason: `the terminal is smaller than ${LEAST.columns}×${LEAST.rows}` };
}

/** A flag of the environment: what says no is no. */
function isSet(flag = ''): boolean {
  return !['', '0', 'false', 'no', 'off'].includes(flag.trim().toLowerCase());
}

/** What can be known without touching the terminal. */
function dashboardUnwanted({ stdout, stderr, environment: { CI, TERM } }: CliStreams): string | undefined {
  if (!stdout.isTTY && !stderr.isTTY) return 'neither stdout nor stderr is a terminal';
  if (TERM === 'dumb') return 'TERM is dumb';
  return isSet(CI) ? 'CI is set' : undefined;
}
