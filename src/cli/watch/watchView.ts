import type { MillraceEvent } from '../../streams/events.js';
import { printable } from '../../tui/format.js';
import type { Intent } from '../../tui/intent.js';
import type { Shown } from '../../tui/openDashboard.js';
import type { Terminal } from '../../tui/terminal.js';
import { plainView } from '../plainView.js';

/** Something that shows recorded runs to a person. */
export interface WatchView {
  /** Where a finished run stays on show until the person leaves, and any place of the recording can be shown. */
  readonly interactive: boolean;
  /** What is there now. */
  show(shown: Shown): void;
  /** Events of the run at a place, as they are read for the first time. */
  push(place: number, events: readonly MillraceEvent[]): void;
  /** A sentence about the run at a place. */
  notice(place: number, text: string): void;
  /** Ends the view; a screen is given back. */
  close(): Promise<void>;
  /** What remains on the terminal afterwards. */
  summary(): string;
}

export interface DashboardViewOptions {
  readonly terminal: Terminal;
  readonly names: readonly string[];
  onLeave(): void;
  onIntent(intent: Intent): void;
}

/** The dashboard on a terminal. Ink (360 ms) is loaded only for it. */
export async function dashboardWatchView({
  terminal,
  names,
  onLeave,
  onIntent,
}: DashboardViewOptions): Promise<WatchView> {
  const { openDashboard } = await import('../../tui/openDashboard.js');
  const dashboard = await openDashboard({ terminal, mode: 'watch', onStop: onLeave, onAbort: onLeave, onIntent });
  return {
    interactive: true,
    show: dashboard.show,
    push: () => undefined,
    notice: (place, text) => dashboard.notice(prefixOf(names, place) + text),
    close: dashboard.close,
    summary: dashboard.summary,
  };
}

/** Lines on stderr. */
export function plainWatchView(names: readonly string[]): WatchView {
  const views = names.map((_, place) => {
    const write = (text: string): boolean => process.stderr.write(prefixOf(names, place) + text);
    return plainView({ write }, 'watch');
  });
  return {
    interactive: false,
    show: () => undefined,
    push: (place, events) => views[place]?.push(events),
    notice: (place, text) => views[place]?.notice(text),
    close: async () => undefined,
    summary: () => '',
  };
}

/** Which of several runs is meant. */
function prefixOf(names: readonly string[], place: number): string {
  return names.length > 1 ? `${printable(names[place] ?? '')}: ` : '';
}
