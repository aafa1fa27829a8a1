import type { Comparison } from '../../dashboard/comparison.js';
import type { ReplayCommand } from '../../dashboard/intent.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import { printable } from '../../text/printable.js';
import type { Terminal } from '../../tui/screen/terminal.js';
import type { Glyphs } from '../../tui/theme/capabilities.js';
import type { ViewContext } from '../../tui/viewContext.js';
import type { CliStreams } from '../programContext.js';
import { plainView } from '../show/plainView.js';

/** The states of all runs, and where their replay is. */
export type Shown = Required<Pick<ViewContext, 'runs' | 'replay'>>;

/** Something that shows recorded runs to a person. */
export interface WatchView {
  /** Where a finished run stays on show until the person leaves, and any place of the recording can be shown. */
  readonly interactive: boolean;
  /** What is there now. Cheap where nothing has changed. */
  show(shown: Shown): void;
  /** Events of the run at a place, as they are read for the first time. */
  push(place: number, events: readonly AnyEvent[]): void;
  /** A sentence about the run at a place. */
  notice(place: number, text: string): void;
  /** Ends the view; a screen is given back. */
  close(): Promise<void>;
  /** What remains on the terminal afterwards. */
  summary(): string;
}

/** How it is drawn, and with what behind it. */
export interface Looks {
  /** @default what the environment says */
  readonly glyphs: Glyphs | undefined;
  /** @default the notebook, where a run is comparable */
  readonly comparison: Comparison | undefined;
}

export interface DashboardViewOptions {
  readonly terminal: Terminal;
  readonly environment: CliStreams['environment'];
  readonly names: readonly string[];
  readonly looks: Looks;
  onLeave(): void;
  onReplay(command: ReplayCommand): void;
}

/** The dashboard on a terminal. Ink (360 ms) is loaded only for it. */
export async function dashboardWatchView({
  terminal,
  environment,
  names,
  looks,
  onLeave,
  onReplay,
}: DashboardViewOptions): Promise<WatchView> {
  const { openDashboard } = await import('../../tui/openDashboard.js');
  const dashboard = await openDashboard({
    terminal,
    environment,
    mode: 'watch',
    ...looks,
    onStop: onLeave,
    onAbort: onLeave,
    onGone: onLeave,
    onIntent: (intent) => {
      if (intent.type === 'replay') onReplay(intent);
    },
  });
  dashboard.show({ runNames: names });
  let last: Shown | undefined;
  let said: NodeJS.Timeout | undefined;
  return {
    interactive: true,
    show: (shown) => {
      if (last === undefined || !isSame(last, shown)) dashboard.show(shown);
      last = shown;
    },
    push: () => undefined,
    notice: (place, text) => {
      dashboard.notice(prefixOf(names, place) + text);
      clearTimeout(said);
      said = setTimeout(() => dashboard.notice(''), NOTICE_MS);
      said.unref();
    },
    close: async () => {
      clearTimeout(said);
      await dashboard.close();
    },
    summary: dashboard.summary,
  };
}

/** A notice hides what the run itself has to say, so it leaves when it has been read. */
const NOTICE_MS = 10_000;

function isSame(one: Shown, other: Shown): boolean {
  const [before, after] = [one.replay, other.replay];
  return (
    before?.playing === after?.playing &&
    before?.speed === after?.speed &&
    before?.position === after?.position &&
    one.runs.every((state, place) => state === other.runs[place])
  );
}

/** Lines on stderr. */
export function plainWatchView(names: readonly string[], stderr: CliStreams['stderr']): WatchView {
  const views = names.map((_, place) => {
    const write = (text: string): boolean => stderr.write(prefixOf(names, place) + text);
    return plainView({ write }, { mode: 'watch' });
  });
  return {
    interactive: false,
    show: () => undefined,
    push: (place, events) => views[place]?.push(events),
    notice: (place, text) => views[place]?.notice(text),
    close: async () => {
      for (const view of views) await view.close();
    },
    summary: () => '',
  };
}

/** Which of several runs is meant. */
function prefixOf(names: readonly string[], place: number): string {
  return names.length > 1 ? `${printable(names[place] ?? '')}: ` : '';
}
