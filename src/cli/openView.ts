import { ScreenError } from '../errors.js';
import { openTerminal, type Terminal } from '../tui/terminal.js';
import { plainView } from './plainView.js';
import { silentView, type View } from './view.js';

/** What to show while it trains. */
export const INTERFACES = ['auto', 'dashboard', 'plain', 'none'] as const;
export type Interface = (typeof INTERFACES)[number];

/** Smallest terminal with a dashboard. */
const LEAST = { columns: 20, rows: 6 };

export interface ViewRequest {
  readonly ui: Interface;
  readonly mode: 'live' | 'watch';
  /** The person wants it to end, in good order. */
  onStop(): void;
  /** … at once. */
  onAbort(): void;
}

/**
 * Opens what `--ui` names. The dashboard and Ink (360 ms) are loaded only where they are shown.
 * @throws ScreenError when a dashboard is asked for where no terminal is
 */
export async function openView({ ui, ...request }: ViewRequest): Promise<View> {
  if (ui === 'none') return silentView;
  const terminal = ui === 'plain' || (ui === 'auto' && !dashboardWanted()) ? undefined : await openTerminal();
  if (terminal === undefined && ui === 'dashboard')
    throw new ScreenError({
      code: 'SCREEN_UNAVAILABLE',
      problem: 'there is no terminal for a dashboard here',
      advice: 'Use --ui plain, or run it in a terminal in the foreground.',
    });
  if (terminal === undefined) return plainView(process.stderr, request.mode);
  if (ui === 'auto' && isTiny(terminal)) {
    terminal.close();
    return plainView(process.stderr, request.mode);
  }
  const { openDashboard } = await import('../tui/openDashboard.js');
  return { staysOpen: true, ...(await openDashboard({ terminal, ...request })) };
}

/** What can be known without touching the terminal. */
function dashboardWanted(): boolean {
  const { CI, TERM } = process.env;
  return (process.stdout.isTTY || process.stderr.isTTY) && TERM !== 'dumb' && (CI === undefined || CI === 'false');
}

function isTiny({ columns, rows }: Terminal): boolean {
  return columns < LEAST.columns || rows < LEAST.rows;
}
