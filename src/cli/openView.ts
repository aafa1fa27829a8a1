import { ScreenError } from '../errors.js';
import type { Intent } from '../tui/intent.js';
import { openTerminal } from '../tui/terminal.js';
import { openDashboardTerminal } from './dashboardTerminal.js';
import type { Interface } from './interfaces.js';
import { plainView } from './plainView.js';
import { silentView, type View } from './view.js';

export interface ViewRequest {
  readonly ui: Interface;
  readonly mode: 'live' | 'watch';
  /** The person wants it to end, in good order. */
  onStop(): void;
  /** … at once. */
  onAbort(): void;
  /** … something else, of the run or of its replay. */
  onIntent?(intent: Intent): void;
}

/**
 * Opens what `--ui` names. The dashboard and Ink (360 ms) are loaded only where they are shown.
 * @throws ScreenError when a dashboard is asked for where no terminal is
 */
export async function openView({ ui, ...request }: ViewRequest): Promise<View> {
  if (ui === 'none') return silentView;
  if (ui === 'plain') return plainView(process.stderr, request.mode);
  const terminal = ui === 'auto' ? openDashboardTerminal().terminal : openTerminal();
  if (terminal === undefined && ui === 'dashboard')
    throw new ScreenError({
      code: 'SCREEN_UNAVAILABLE',
      problem: 'there is no terminal for a dashboard here',
      advice: 'Use --ui plain, or run it in a terminal in the foreground.',
    });
  if (terminal === undefined) return plainView(process.stderr, request.mode);
  const { openDashboard } = await import('../tui/openDashboard.js');
  const dashboard = await openDashboard({ terminal, ...request });
  const hangUp = (): View => {
    // The terminal first: closing the dashboard would still write to it.
    terminal.close();
    void dashboard.close();
    return silentView;
  };
  return { staysOpen: true, ...dashboard, hangUp };
}
