import type { Comparison } from '../../dashboard/comparison.js';
import type { Intent } from '../../dashboard/intent.js';
import { ScreenError } from '../../errors.js';
import type { Glyphs } from '../../tui/theme/capabilities.js';
import type { ProgramContext } from '../programContext.js';
import { openDashboardTerminal } from './dashboardTerminal.js';
import { plainView } from './plainView.js';
import { type RunView, silentView } from './runView.js';
import type { UiOption } from './uiOption.js';

export interface RunViewRequest {
  readonly context: ProgramContext;
  readonly ui: UiOption;
  /** Of the dashboard. @default what the environment says */
  readonly glyphs?: Glyphs | undefined;
  /** What is drawn behind the loss. @default the notebook, where the run is comparable */
  readonly comparison?: Comparison | undefined;
  /** The person wants it to end, in good order. */
  onStop(): void;
  /** … at once. */
  onAbort(): void;
  /** Nobody sees the view any more. */
  onGone?(): void;
  /** … something else, of the run or of its replay. */
  onIntent?(intent: Intent): void;
}

/**
 * Opens what `--ui` names. The dashboard and Ink (360 ms) are loaded only where they are shown.
 * @throws ScreenError when a dashboard is asked for where no terminal is
 */
export async function openRunView({ ui, context, ...request }: RunViewRequest): Promise<RunView> {
  if (ui === 'none') return silentView;
  const plain = { mode: 'live' as const, quiet: isScreenReader(context.environment) };
  if (ui === 'plain' || (ui === 'auto' && plain.quiet)) return plainView(context.stderr, plain);
  const terminal = ui === 'auto' ? openDashboardTerminal(context).terminal : context.terminal();
  if (terminal === undefined && ui === 'dashboard')
    throw new ScreenError({
      code: 'SCREEN_UNAVAILABLE',
      problem: 'there is no terminal for a dashboard here',
      advice: 'Use --ui plain, or run it in a terminal in the foreground.',
    });
  if (terminal === undefined) return plainView(context.stderr, plain);
  const { openDashboard } = await import('../../tui/openDashboard.js');
  const dashboard = await openDashboard({ terminal, mode: 'live', environment: context.environment, ...request });
  const hangUp = (): RunView => {
    // The terminal first: closing the dashboard would still write to it.
    terminal.close();
    void dashboard.close();
    return silentView;
  };
  return { staysOpen: true, ...dashboard, recall: dashboard.push, hangUp };
}

/** As other programs of Ink's are told. */
function isScreenReader({ INK_SCREEN_READER: setting }: ProgramContext['environment']): boolean {
  return setting === 'true' || setting === '1';
}
