// Who looks at the lines of another program: the dashboard on a terminal, and whoever reads stdout.
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { DashboardHandle } from '../../tui/openDashboard.js';
import type { Glyphs } from '../../tui/theme/capabilities.js';
import type { ProgramContext } from '../programContext.js';
import { openDashboardTerminal } from '../show/dashboardTerminal.js';
import { writeChunk } from '../writeText.js';

export interface LineView {
  /** A dashboard is shown. */
  readonly isShown: boolean;
  /** Resolves when the person has left the dashboard; at once where there is none. */
  readonly left: Promise<void>;
  /** Passes what was read on. @returns false where nobody takes it any more */
  pass(bytes: Uint8Array): Promise<boolean>;
  show(events: readonly AnyEvent[]): void;
  notice(sentence: string): void;
  close(): Promise<void>;
}

/** What was printed last is shown again where the dashboard has hidden it. */
const MOST_HIDDEN_BYTES = 4096;
const NOTICE_MS = 10_000;

export async function openLineView(context: ProgramContext, glyphs: Glyphs | undefined): Promise<LineView> {
  const { stdout, stderr, environment } = context;
  const { terminal } = openDashboardTerminal(context);
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let dashboard: DashboardHandle | undefined;
  let hidden: Buffer = Buffer.alloc(0);
  let isGone = false;
  let isOver = false;
  let said: NodeJS.Timeout | undefined;

  const close = async (): Promise<void> => {
    clearTimeout(said);
    const open = dashboard;
    dashboard = undefined;
    await open?.close();
    terminal?.close();
    if (open !== undefined && stdout.isTTY === true) await pass(hidden);
    leave();
  };
  const pass = async (bytes: Uint8Array): Promise<boolean> => {
    // The dashboard has the screen that stdout would write over.
    if (dashboard !== undefined && stdout.isTTY === true) {
      hidden = Buffer.concat([hidden, bytes]).subarray(-MOST_HIDDEN_BYTES);
      return true;
    }
    if (bytes.length > 0 && !isGone) isGone = !(await writeChunk(stdout, bytes));
    return !isGone || dashboard !== undefined;
  };
  if (terminal === undefined) leave();
  else {
    const { openDashboard } = await import('../../tui/openDashboard.js');
    const onLeave = (): void => {
      if (isOver) return;
      isOver = true;
      void close();
    };
    const hooks = { onStop: onLeave, onAbort: onLeave, onGone: onLeave };
    dashboard = await openDashboard({ terminal, mode: 'watch', environment, glyphs, ...hooks });
  }
  return {
    get isShown() {
      return dashboard !== undefined;
    },
    left,
    pass,
    show: (events) => dashboard?.push(events),
    notice: (sentence) => {
      if (dashboard === undefined) {
        stderr.write(`millrace: ${sentence}\n`);
        return;
      }
      dashboard.notice(sentence);
      clearTimeout(said);
      said = setTimeout(() => dashboard?.notice(''), NOTICE_MS);
      said.unref();
    },
    close: async () => {
      isOver = true;
      await close();
    },
  };
}
