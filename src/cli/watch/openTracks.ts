import type { Recording } from '../../dashboard/replay/recording.js';
import { Track, type TrackOptions } from '../../dashboard/replay/replayedRun.js';
import { RunError } from '../../errors.js';
import { MOST_RUNS } from './mostRuns.js';
import { type NamedRecording, type OpenRecordingOptions, openRecordings } from './openRecordings.js';
import { WHAT_IS_READ } from './refuseContent.js';

export interface NamedTrack extends Omit<NamedRecording, 'recording'> {
  readonly track: Track;
}

export interface OpenOptions extends Omit<OpenRecordingOptions, 'most'> {
  /** Options of the run at this place. */
  trackOptions?(place: number, recording: Recording): TrackOptions;
}

/**
 * Opens what the person named; nothing is the newest run kept here.
 * @throws RunError where there is no such run; what was opened before it is closed again
 */
export async function openTracks(
  runs: readonly string[],
  { trackOptions = () => ({}), ...options }: OpenOptions,
): Promise<readonly NamedTrack[]> {
  const tracks: NamedTrack[] = [];
  try {
    for (const [index, run] of (runs.length === 0 ? [undefined] : runs).entries()) {
      // Each that is named after it has its place.
      const most = Math.max(1, MOST_RUNS - tracks.length - Math.max(0, runs.length - 1 - index));
      for (const { recording, ...named } of await openRecordings(run, { ...options, most }))
        tracks.push({ ...named, track: new Track(recording, trackOptions(tracks.length, recording)) });
    }
  } catch (error) {
    await Promise.all(tracks.map(({ track }) => track.recording.close()));
    throw error;
  }
  return distinct(tracks);
}

/** Runs of one name are told apart by their paths. */
function distinct(tracks: readonly NamedTrack[]): NamedTrack[] {
  const names = tracks.map(({ name }) => name);
  return tracks.map((track) =>
    names.filter((name) => name === track.name).length === 1 ? track : { ...track, name: track.path },
  );
}

function because(problem: string | undefined): string {
  return problem === undefined ? '' : `: ${problem}`;
}

/**
 * @param waited whether there was time enough for a run that is just beginning to write its first event
 * @throws RunError where all has been read and none of it is an event
 */
export function requireRun({ path, track }: NamedTrack, waited: boolean): void {
  const { recording, newest, begun, atEnd, finished } = track;
  if (begun || !atEnd) return;
  // A pipe may yet bring one, until it is closed; other tools write their first figures after minutes.
  const isLate = recording.rereadable && recording.isForeign !== true && (newest.damaged > 0 || waited);
  if (!finished && !isLate) return;
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: problemOf(track),
    advice: `Give what millrace train --events writes, or ${WHAT_IS_READ}.`,
  });
}

function problemOf({ recording, bytesRead, newest }: Track): string {
  if (recording.isForeign === true) return `there are no figures in it${because(newest.problem)}`;
  return bytesRead === 0 ? 'it is empty' : `there is no event of a run in it${because(newest.problem)}`;
}
