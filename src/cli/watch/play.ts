import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayCommand } from '../../dashboard/intent.js';
import { Player } from '../../dashboard/replay/player.js';
import type { Terminal } from '../../tui/screen/terminal.js';
import { comparisonNotice } from '../comparison/comparisonNotice.js';
import { EXIT } from '../exitCodes.js';
import type { ProgramContext } from '../programContext.js';
import { openDashboardTerminal } from '../show/dashboardTerminal.js';
import { onSignals } from '../signals.js';
import type { ShowRequest } from './flags.js';
import { type NamedTrack, openTracks, requireRun } from './openTracks.js';
import { publishWatched, type WatchedPublishing } from './publishWatched.js';
import { damage, type Shortcomings, shortcomingsOf } from './shortcomings.js';
import { WatchSinks } from './watchSinks.js';
import { dashboardWatchView, type Looks, plainWatchView, type WatchView } from './watchView.js';

/** A run that is just beginning has its first event by then. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 100;

/**
 * Shows recorded or growing runs: the dashboard until the person leaves, or lines until the runs are over.
 * @param looks of the dashboard
 * @throws RunError where there is no such run, SinkError where others cannot be served
 */
export async function play(
  { runs, speed, publish, sinks: sinkFlags }: ShowRequest,
  looks: Looks,
  context: ProgramContext,
): Promise<number> {
  const quit = new AbortController();
  const leave = (): void => quit.abort();
  const releaseSignals = onSignals(leave, (exitCode) => context.exit(exitCode));
  const { terminal } = openDashboardTerminal(context);
  let view: WatchView | undefined;
  let tracks: readonly NamedTrack[] = [];
  const sinks = new WatchSinks();
  let publishing: WatchedPublishing | undefined;
  try {
    tracks = await openTracks(runs, {
      stdin: context.stdin,
      follow: true,
      trackOptions: (place, { rereadable }) => ({
        // Lines cannot go back, so nothing is read before its time; neither is a pipe whose pace was asked for.
        paced: Number.isFinite(speed) && (terminal === undefined || !rereadable),
        onEvents: (events) => {
          view?.push(place, events);
          sinks.push(place, events);
          publishing?.push(events);
        },
        onNotice: (text) => view?.notice(place, text),
      }),
    });
    publishing = await publishWatched(publish, tracks, context.stderr, (text) => view?.notice(0, text));
    await sinks.open(tracks, sinkFlags, context);
    const names = tracks.map(({ name }) => name);
    if (terminal === undefined) view = plainWatchView(names, context.stderr);
    await begun(tracks, sinks, quit.signal);
    const player = new Player(
      tracks.map(({ track }) => track),
      { speed },
    );
    view ??= await dashboardWatchView({
      terminal: terminal as Terminal,
      environment: context.environment,
      names,
      looks,
      onLeave: leave,
      onReplay: (command) => {
        sayWhatIsLost(command, tracks, view);
        player.command(command.action);
      },
    });
    sayHowCompared(looks, tracks, view);
    for (const [place, { leftOut }] of tracks.entries()) if (leftOut !== undefined) view.notice(place, leftOut);
    if (view.interactive && publishing.summary !== '') view.notice(0, publishing.summary);
    await showUntilLeft(tracks, player, view, sinks, publishing, quit.signal);
  } finally {
    await view?.close();
    await publishing?.close();
    terminal?.close();
    await sinks.close(context.stderr);
    await Promise.all(tracks.map(({ track }) => track.recording.close()));
    releaseSignals();
  }
  report(tracks, view, publishing.shortcoming(), context.stderr);
  return sinks.failed ? EXIT.failed : EXIT.done;
}

/** A mistaken path is told before a screen is opened for it. A pipe may take as long as it likes. */
async function begun(tracks: readonly NamedTrack[], sinks: WatchSinks, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  for (const named of tracks.filter(({ track: { recording } }) => recording.rereadable && recording.isForeign !== true))
    while (!named.track.begun && !signal.aborted) {
      const more = await named.track.readOn(0);
      await sinks.drain();
      requireRun(named, performance.now() - start >= PATIENCE_MS);
      if (!more) await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
}

async function showUntilLeft(
  tracks: readonly NamedTrack[],
  player: Player,
  view: WatchView,
  sinks: WatchSinks,
  publishing: WatchedPublishing,
  signal: AbortSignal,
): Promise<void> {
  const said: Shortcomings[] = tracks.map(() => ({}));
  while (!signal.aborted) {
    const busy = await player.turn();
    await sinks.drain();
    for (const named of tracks) requireRun(named, true);
    view.show({ runs: player.tracks.map(({ position }) => position.state), replay: player.replay });
    for (const [place, { track }] of tracks.entries()) {
      const news = shortcomingsOf(track);
      for (const kind of KINDS) if (isNew(kind, news, said[place]!, view)) view.notice(place, news[kind]!);
      said[place] = news;
      if (track.over) sinks.end(place, view.interactive);
    }
    await publishing.written();
    if (!view.interactive && player.done) return publishing.end(signal);
    if (!busy) await player.rest(signal);
  }
}

function sayHowCompared({ comparison }: Looks, tracks: readonly NamedTrack[], view: WatchView): void {
  for (const [place, { track }] of tracks.entries()) {
    const { run } = track.newest.state;
    const notice = comparison && run && comparisonNotice(comparison, run);
    if (notice !== undefined) view.notice(place, notice);
  }
}

const BACKWARD: readonly ReplayCommand['action'][] = ['back', 'stepBack', 'start'];

function sayWhatIsLost({ action }: ReplayCommand, tracks: readonly NamedTrack[], view: WatchView | undefined): void {
  if (!BACKWARD.includes(action)) return;
  for (const [place, { path, track }] of tracks.entries())
    if (!track.recording.rereadable)
      view?.notice(place, `${path} cannot be read again: only the moments that were kept can be shown`);
}

/** The most telling last: a screen shows one of them. */
const KINDS = ['damaged', 'missing', 'run', 'remarks'] as const;

/** Lines say by themselves that there is no run. */
function isNew(kind: (typeof KINDS)[number], news: Shortcomings, said: Shortcomings, view: WatchView): boolean {
  return news[kind] !== undefined && news[kind] !== said[kind] && (kind !== 'run' || view.interactive);
}

function firstProblem(tracks: readonly NamedTrack[]): string | undefined {
  return tracks.map(({ track }) => track.newest.problem).find((problem) => problem !== undefined);
}

function damagedOf(tracks: readonly NamedTrack[]): number {
  return tracks.reduce((sum, { track }) => sum + track.newest.damaged, 0);
}

function report(
  tracks: readonly NamedTrack[],
  view: WatchView,
  undelivered: string | undefined,
  stderr: ProgramContext['stderr'],
): void {
  const summary = view.summary();
  if (summary !== '') stderr.write(`${summary}\n`);
  const damaged = damagedOf(tracks);
  if (damaged > 0) stderr.write(`millrace: ${damage(damaged, firstProblem(tracks))}\n`);
  if (undelivered !== undefined) stderr.write(`millrace: ${undelivered}\n`);
}
