import { constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileRecording } from '../../dashboard/replay/node/fileRecording.js';
import { streamRecording } from '../../dashboard/replay/node/streamRecording.js';
import type { Recording } from '../../dashboard/replay/recording.js';
import { Track, type TrackOptions } from '../../dashboard/replay/replayedRun.js';
import { RunError } from '../../errors.js';
import { runNameOf } from '../../events/runName.js';
import { eventFileOf } from '../../run/folder/findRun.js';
import { EVENTS_FILE } from '../../run/folder/runFolder.js';
import { readRunEvent } from '../../run/folder/runSummary.js';
import { isNatsAddress, natsAddress } from '../../streams/node/nats/natsAddress.js';

export const STDIN = '-';

export interface NamedTrack {
  /** What the person calls it. */
  readonly name: string;
  /** For error messages. */
  readonly path: string;
  /** The event file that it is read from, where it is one. */
  readonly file?: string;
  readonly track: Track;
}

export interface OpenOptions {
  /** Whether what is appended later belongs to it. */
  readonly follow: boolean;
  /** What `-` reads. */
  readonly stdin: Readable;
  /** Options of the run at this place. */
  trackOptions?(place: number, recording: Recording): TrackOptions;
}

/**
 * Opens what the person named; nothing is the newest run kept here.
 * @throws RunError where there is no such run; what was opened before it is closed again
 */
export async function openTracks(
  runs: readonly string[],
  { follow, stdin, trackOptions = () => ({}) }: OpenOptions,
): Promise<readonly NamedTrack[]> {
  const tracks: NamedTrack[] = [];
  try {
    for (const run of runs.length === 0 ? [undefined] : runs) {
      const { path, file, recording } = await openNamed(run, follow, stdin);
      const name = file === undefined ? fileNameOf(path) : await nameOf(file);
      const track = new Track(recording, trackOptions(tracks.length, recording));
      tracks.push({ name, path, track, ...(file !== undefined && { file }) });
    }
  } catch (error) {
    await Promise.all(tracks.map(({ track }) => track.recording.close()));
    throw error;
  }
  return distinct(tracks);
}

interface OpenedRun {
  readonly path: string;
  readonly file?: string;
  readonly recording: Recording;
}

async function openNamed(run: string | undefined, follow: boolean, stdin: Readable): Promise<OpenedRun> {
  if (run === STDIN) return { path: 'stdin', recording: streamRecording(stdin) };
  if (run !== undefined && isNatsAddress(run)) {
    const { natsRecording } = await import('./natsRecording.js');
    return natsRecording(natsAddress(run, true), follow);
  }
  const path = await eventFileOf(run);
  const recording = await openRecording(path, follow);
  return { path, recording, ...(recording.rereadable && { file: path }) };
}

/** Pipes and devices have no places to go back to. */
async function openRecording(path: string, follow: boolean): Promise<Recording> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFIFO()) return streamRecording(openFifo(path), path);
  return stats?.isCharacterDevice() ? streamRecording(createReadStream(path), path) : fileRecording(path, follow);
}

/** Without waiting for its writer, which could not be given up: reading waits instead. */
function openFifo(path: string): Readable {
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
}

/** The run's name; where no one has given it one, that of its folder or file. */
async function nameOf(path: string): Promise<string> {
  const run = await readRunEvent(path);
  return (run && runNameOf(run)) ?? fileNameOf(path);
}

function fileNameOf(path: string): string {
  return basename(basename(path) === EVENTS_FILE ? dirname(path) : path);
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
  // A pipe may yet bring one, until it is closed.
  const hopeless = finished || (recording.rereadable && (newest.damaged > 0 || waited));
  if (!hopeless) return;
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: track.bytesRead === 0 ? 'it is empty' : `there is no event of a run in it${because(newest.problem)}`,
    advice: 'Give what millrace train --events writes.',
  });
}
