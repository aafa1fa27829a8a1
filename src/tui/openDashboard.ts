import type { MillraceEvent } from '../streams/events.js';
import { detectCapabilities, type Environment } from './capabilities.js';
import type { ReplayCommand, RunCommand } from './intent.js';
import { frameClock } from './screen/frameClock.js';
import { openScreen } from './screen/screen.js';
import { type DashboardState, initialState, reduce } from './state.js';
import { summariesOf } from './summary.js';
import type { Terminal } from './terminal.js';
import { createTheme } from './theme.js';
import type { View } from './view.js';

export interface DashboardOptions {
  /** Where to draw and listen; closed with the dashboard. @see openTerminal */
  readonly terminal: Terminal;
  /** `watch`: a recorded run, or that of another process; leaving it stops nothing. */
  readonly mode: 'live' | 'watch';
  /** q or Ctrl-C: finish the step and end. After the run's end: close. */
  onStop(): void;
  /** The same key again before the end: leave at once. */
  onAbort(): void;
  /** Everything else that keys ask for. @default keys move what is looked at, and nothing more */
  onIntent?(intent: RunCommand | ReplayCommand): void;
  /** For colour and characters. @default process.env */
  readonly environment?: Environment;
  /** Milliseconds, monotonic. @default performance.now */
  readonly now?: () => number;
}

export interface DashboardHandle {
  /** Cheap: drawing happens ten times a second at most, and only if something has changed. */
  push(events: readonly MillraceEvent[]): void;
  /** One line that belongs to no event, e.g. the progress of a download. Another one takes its place; an empty one, or the beginning of the run, removes it. */
  notice(text: string): void;
  /** What the events do not say, e.g. several runs or the place of a replay; stays until something else is shown in its place. */
  show(view: Partial<View>): void;
  /** Draws what is new, gives the terminal back, and closes it. May be called more than once. */
  close(): Promise<void>;
  /** Plain lines for the normal screen. */
  summary(): string;
}

/**
 * Opens the dashboard on a terminal, in its alternate screen. The terminal is given back on `close`, at the process's exit,
 * before an uncaught exception is printed, and when a signal that nobody else handles is about to end the process.
 *
 * React has a development build that remembers every frame: set `NODE_ENV=production` before Ink or React is imported.
 */
export async function openDashboard({
  terminal,
  mode,
  onStop,
  onAbort,
  environment = process.env,
  now = () => performance.now(),
}: DashboardOptions): Promise<DashboardHandle> {
  process.env.NODE_ENV ??= 'production';
  const { drawDashboard } = await import('./screen/drawDashboard.js');
  const capabilities = detectCapabilities(environment);
  let theme = createTheme(capabilities);
  const clock = frameClock();
  let state = initialState;
  let given: Partial<View> = {};
  let notice: string | undefined;
  let asked = false;
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let failed = false;

  const shownState = (): DashboardState => given.runs?.[0] ?? state;
  const draw = (): void => {
    if (failed) return;
    clearTimeout(timer);
    timer = undefined;
    drawnAt = now();
    const view: View = { notice, stopping: asked, watching: mode === 'watch', cost: clock.share(), ...given };
    try {
      screen.draw(drawDashboard(shownState(), terminal, view, theme));
    } catch (error) {
      // The training is worth more than its picture.
      failed = true;
      screen.close();
      process.emitWarning(`the dashboard failed, the run goes on: ${String(error)}`);
    }
    clock.drawn(now() - drawnAt);
  };
  const changed = (): void => {
    timer ??= setTimeout(draw, Math.max(0, drawnAt + clock.interval() - now()));
  };
  const onKey = (): void => {
    const again = asked;
    asked = state.end === undefined;
    changed();
    if (again) onAbort();
    else onStop();
  };
  const onBackground = (background: 'light' | 'dark'): void => {
    theme = createTheme(capabilities, background === 'light' ? 'painted' : 'terminal');
    changed();
  };
  const screen = openScreen(terminal, { onKey, onStale: draw, onBackground });
  draw();

  /** Images are there for the first time: whether the terminal is light matters now. */
  const imagesCame = (before: DashboardState, after: DashboardState): void => {
    if (before.probes === undefined && after.probes !== undefined && capabilities.color > 0) screen.askBackground();
  };

  return {
    push: (events) => {
      const before = state;
      state = events.reduce(reduce, state);
      if (state.end !== undefined) asked = false;
      if (state.run !== before.run) notice = undefined;
      imagesCame(before, state);
      if (state !== before) changed();
    },
    notice: (text) => {
      notice = text === '' ? undefined : text;
      changed();
    },
    show: (more) => {
      const before = shownState();
      given = { ...given, ...more };
      imagesCame(before, shownState());
      changed();
    },
    close: async () => {
      if (timer !== undefined) draw();
      screen.close();
    },
    summary: () => summariesOf(given.runs ?? [state], given.runNames ?? [], theme.glyphs),
  };
}
