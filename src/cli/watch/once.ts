import type { DashboardState } from '../../dashboard/state.js';
import { printable } from '../../text/printable.js';
import { cellsOf, type Grid } from '../../tui/screen/cells.js';
import { gridLines } from '../../tui/screen/gridText.js';
import { svgOf } from '../../tui/screen/svg.js';
import { type ColorLevel, colorLevel, detectCapabilities, type Glyphs } from '../../tui/theme/capabilities.js';
import { createTheme, type Theme } from '../../tui/theme/theme.js';
import { initialViewState } from '../../tui/viewState.js';
import { comparisonNotice } from '../comparison/comparisonNotice.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams, ProgramContext } from '../programContext.js';
import { writeText } from '../writeText.js';
import type { OnceOptions } from './flags.js';
import { type NamedTrack, openTracks, requireRun } from './openTracks.js';
import { shortcomingsOf } from './shortcomings.js';
import type { Looks } from './watchView.js';

/**
 * Prints one picture of what there is now.
 * @throws RunError where there is no such run, SinkError where it cannot be written
 */
export async function once(
  runs: readonly string[],
  options: OnceOptions,
  { glyphs, comparison }: Looks,
  context: CliStreams & Pick<ProgramContext, 'stdin'>,
): Promise<number> {
  const tracks = await openTracks(runs, { follow: false, stdin: context.stdin });
  try {
    for (const named of tracks) await readWhole(named);
  } finally {
    await Promise.all(tracks.map(({ track }) => track.recording.close()));
  }
  const theme = options.format === 'svg' ? pictureTheme(glyphs) : textTheme(context, glyphs);
  const grid = await drawn(tracks, options, comparison, theme);
  const text = options.format === 'svg' ? svgOf(grid, titleOf(tracks)) : textOf(grid, theme);
  await writeText(context.stdout, text);
  tell(tracks, comparison, context.stderr);
  return EXIT.done;
}

/** What the picture does not show, and why. */
function tell(tracks: readonly NamedTrack[], comparison: Looks['comparison'], stderr: CliStreams['stderr']): void {
  for (const { path, track, leftOut } of tracks) {
    const { run } = track.newest.state;
    const notice = comparison && run && comparisonNotice(comparison, run);
    const sentences = [leftOut, ...Object.values(shortcomingsOf(track)), notice];
    for (const sentence of sentences.filter((one) => one !== undefined))
      stderr.write(`millrace: ${printable(path)}: ${sentence}\n`);
  }
}

/** A picture needs no font and no terminal. */
function pictureTheme(glyphs: Glyphs = 'braille'): Theme {
  return createTheme({ color: 3, glyphs });
}

async function readWhole(named: NamedTrack): Promise<void> {
  const { track } = named;
  const { recording } = track;
  for (;;) {
    while (await track.readOn(Number.POSITIVE_INFINITY));
    if (track.finished) break;
    if (!recording.closed) await new Promise<void>((resolve) => recording.onReadable?.(resolve));
  }
  requireRun(named, true);
}

async function drawn(
  tracks: readonly NamedTrack[],
  { size, view, step }: OnceOptions,
  comparison: Looks['comparison'],
  theme: Theme,
): Promise<Grid> {
  process.env.NODE_ENV ??= 'production';
  const { drawDashboard } = await import('../../tui/drawDashboard.js');
  const states = tracks.map(({ track }) => track.newest.state);
  const shown = {
    watching: true,
    comparison,
    viewState: { ...initialViewState, view, cursor: step },
    ...(states.length > 1 && { runs: states, runNames: tracks.map(({ name }) => name) }),
  };
  const frame = drawDashboard(states[0]!, size, shown, theme);
  // The row that stays free on a terminal.
  return cellsOf(frame, { ...size, rows: size.rows - 1 });
}

/** In colour on a terminal, or where it is asked for. */
function textTheme({ stdout, environment }: CliStreams, glyphs: Glyphs | undefined): Theme {
  const color: ColorLevel = stdout.isTTY || environment.FORCE_COLOR !== undefined ? colorLevel(environment) : 0;
  return createTheme({ ...detectCapabilities(environment, glyphs), color });
}

function textOf(grid: Grid, { color }: Theme): string {
  return `${gridLines(grid, color > 0).join('\n')}\n`;
}

function titleOf(tracks: readonly NamedTrack[]): string {
  const describe = ({ name, track }: NamedTrack): string => {
    const { run, status, epoch }: DashboardState = track.newest.state;
    if (run === undefined) return `${name}: ${status}`;
    const network = run.architecture === undefined ? '' : `${run.architecture.name} on `;
    return `${name}: ${network}${run.dataset.name}, epoch ${epoch} of ${run.epochs}, ${status}`;
  };
  return printable(`Millrace · ${tracks.map(describe).join(' · ')}`);
}
