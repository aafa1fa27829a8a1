import type { Comparison } from '../dashboard/comparison.js';
import type { Intent, ReplayCommand, RunCommand } from '../dashboard/intent.js';
import { stillPending } from '../dashboard/pendingCommands.js';
import { type DashboardState, initialState, reduceAll, withLiveSample } from '../dashboard/state.js';
import type { LiveSample } from '../events/liveSample.js';
import type { ViewEvent } from '../events/packedEvents.js';
import { type OptionNames, requireKnownOptions } from '../options.js';
import type { ActionResult } from './actions/action.js';
import { filmClock } from './actions/filmClock.js';
import { playFilm } from './actions/filmCursor.js';
import { reduceKey } from './actions/reduceKey.js';
import { reduceMouse } from './actions/reduceMouse.js';
import { frameClock } from './screen/frameClock.js';
import type { Area } from './screen/hitArea.js';
import { processorTime } from './screen/processorTime.js';
import { openScreen, type ScreenListener } from './screen/screen.js';
import type { Terminal } from './screen/terminal.js';
import { summariesOf } from './summary.js';
import { detectCapabilities, type Environment, type Glyphs, passesGraphics } from './theme/capabilities.js';
import { createTheme } from './theme/theme.js';
import type { ViewContext } from './viewContext.js';
import { initialViewState, isCovered } from './viewState.js';

export interface DashboardOptions {
  /** Where to draw and listen; closed with the dashboard. @see openTerminal */
  readonly terminal: Terminal;
  /** `watch`: a recorded run, or that of another process; leaving it stops nothing. */
  readonly mode: 'live' | 'watch';
  /** The person pressed q or Ctrl-C: the run should finish the step and end, the dashboard close after the run's end. */
  onStop(): void;
  /** The person pressed the same key again before the end: the program should leave at once. */
  onAbort(): void;
  /** Nobody sees the dashboard any more: its terminal is gone, or drawing has failed. */
  onGone?(): void;
  /** What is drawn behind the loss. @default the notebook, where the run is comparable */
  readonly comparison?: Comparison | undefined;
  /** Everything else that keys ask for. @default keys move what is looked at, and nothing more */
  onIntent?(intent: RunCommand | ReplayCommand): void;
  /** What curves and pictures are made of. @default what the environment says */
  readonly glyphs?: Glyphs | undefined;
  /** The environment variables that decide on colour and characters. @default process.env */
  readonly environment?: Environment;
  /** The clock, in milliseconds, monotonic. @default performance.now */
  readonly now?: () => number;
}

const OPTIONS: OptionNames<DashboardOptions> = {
  terminal: true,
  mode: true,
  onStop: true,
  onAbort: true,
  onGone: true,
  comparison: true,
  onIntent: true,
  glyphs: true,
  environment: true,
  now: true,
};

export interface DashboardHandle {
  /** Takes events. A call is cheap: drawing happens ten times a second at most, and only if something has changed. */
  push(events: readonly ViewEvent[]): void;
  /** Takes the sample images as they are between two samples; the next sample takes their place. */
  pushLive(sample: LiveSample): void;
  /** One line that belongs to no event, e.g. the progress of a download. Another one takes its place; an empty one, or the beginning of the run, removes it. */
  notice(text: string): void;
  /** What the events do not say, e.g. several runs or the place of a replay; stays until something else is shown in its place. */
  show(view: Partial<ViewContext>): void;
  /** Draws what is new, gives the terminal back, and closes it. `close` may be called more than once. */
  close(): Promise<void>;
  /** Plain lines for the normal screen. */
  summary(): string;
}

/**
 * Opens the dashboard on a terminal, in its alternate screen. The terminal is given back on `close`, at the process's exit,
 * before an uncaught exception is printed, and when a signal that no one else handles is about to end the process.
 *
 * React has a development build that remembers every frame: set `NODE_ENV=production` before Ink or React is imported.
 *
 * @example
 * import { run } from 'millrace';
 * import { openDashboard, openTerminal } from 'millrace/tui';
 *
 * const subscription = run({ epochs: 2 }).subscribe((event) => dashboard.push([event]));
 * const stop = () => {
 *   subscription.unsubscribe();
 *   void dashboard.close();
 * };
 * const dashboard = await openDashboard({ terminal: openTerminal(), mode: 'live', onStop: stop, onAbort: stop });
 */
export async function openDashboard(options: DashboardOptions): Promise<DashboardHandle> {
  requireKnownOptions(options, OPTIONS);
  const {
    terminal,
    mode,
    onStop,
    onAbort,
    onGone = () => undefined,
    comparison,
    onIntent,
    glyphs,
    environment = process.env,
    now = () => performance.now(),
  } = options;
  process.env.NODE_ENV ??= 'production';
  const { dashboardLayout } = await import('./drawDashboard.js');
  const layOut = dashboardLayout(now);
  const capabilities = detectCapabilities(environment, glyphs);
  let theme = createTheme(capabilities);
  const clock = frameClock();
  const processor = processorTime(now);
  let state = initialState;
  let chosen = initialViewState;
  let pending: readonly RunCommand[] = [];
  let given: Partial<ViewContext> = {};
  let notice: string | undefined;
  let asked = false;
  let areas: readonly Area[] = [];
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let failed = false;

  const shownState = (): DashboardState => given.runs?.[chosen.run] ?? state;
  const view = (): ViewContext => ({
    notice,
    stopping: asked,
    watching: mode === 'watch',
    cost: clock.share(),
    // Pictures lie above text, and so would hide what lies over a view.
    viewState: { ...chosen, graphics: chosen.graphics && !isCovered(chosen) && passesGraphics(environment) },
    pending,
    comparison,
    ...given,
  });
  /** The training is worth more than its picture. */
  const guarded = (work: () => void): void => {
    if (failed) return;
    try {
      work();
    } catch (error) {
      failed = true;
      film.close();
      screen.close();
      process.emitWarning(`the dashboard failed, the run goes on: ${String(error)}`);
      onGone();
    }
  };
  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const [begun, spent] = [now(), processor.read()];
    const sinceLast = begun - drawnAt;
    drawnAt = begun;
    let [bytes, waits] = [0, false];
    guarded(() => {
      const laidOut = layOut(shownState(), terminal, view(), theme);
      ({ areas, waits } = laidOut);
      bytes = screen.draw(laidOut.frame);
    });
    clock.drawn(processor.read() - spent, bytes, sinceLast);
    if (waits) changed();
  };
  const changed = (): void => {
    timer ??= setTimeout(draw, Math.max(0, drawnAt + clock.interval() - now()));
  };

  const quit = (): void => {
    const again = asked;
    asked = state.end === undefined;
    if (again) onAbort();
    else onStop();
  };
  const perform = (intent: Intent): void => {
    if (intent.type === 'quit') quit();
    else if (intent.type === 'suspend') screen.suspend();
    else if (intent.type === 'repaint') screen.repaint();
    else if (onIntent !== undefined) {
      if (intent.type === 'command') pending = [...pending, intent].slice(-PENDING_KEPT);
      onIntent(intent);
    }
  };
  const follow = (result: ActionResult): void => {
    chosen = result.viewState;
    screen.setMouse(chosen.mouse);
    film.playing(chosen.playing);
    changed();
    for (const intent of result.intents) perform(intent);
  };
  const onInput: ScreenListener['onInput'] = (input) => {
    let result: ActionResult | undefined;
    guarded(() => {
      const context = { state: shownState(), size: terminal, view: view() };
      result =
        input.type === 'key' ? reduceKey(chosen, input.key, context) : reduceMouse(chosen, input, areas, context);
    });
    if (result !== undefined) follow(result);
  };
  const onBackground = (background: 'light' | 'dark'): void => {
    theme = createTheme(capabilities, background === 'light' ? 'painted' : 'terminal');
    changed();
  };
  const film = filmClock(() => follow({ viewState: playFilm(shownState(), chosen), intents: [] }));
  const screen = openScreen(terminal, { onInput, onStale: draw, onBackground });
  terminal.onGone?.(onGone);
  screen.setMouse(chosen.mouse);
  draw();

  /** Images are there for the first time: whether the terminal is light matters now. */
  const imagesCame = (before: DashboardState, after: DashboardState): void => {
    const has = ({ sample, tags }: DashboardState): boolean => sample !== undefined || tags.images.rows.length > 0;
    if (!has(before) && has(after) && capabilities.color > 0) screen.askBackground();
  };

  return {
    push: (events) => {
      const before = state;
      state = reduceAll(state, events);
      pending = events.reduce(stillPending, pending);
      if (state.end !== undefined) asked = false;
      if (state.run !== before.run) notice = undefined;
      imagesCame(before, state);
      if (state !== before) changed();
    },
    pushLive: (sample) => {
      state = withLiveSample(state, sample);
      changed();
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
      film.close();
      if (timer !== undefined) draw();
      screen.close();
      processor.close();
    },
    summary: () => summariesOf(given.runs ?? [state], given.runNames ?? [], theme.glyphs),
  };
}

/** More than anyone waits for. */
const PENDING_KEPT = 16;
