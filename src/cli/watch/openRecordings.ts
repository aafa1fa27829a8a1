import { constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileRecording } from '../../dashboard/replay/node/fileRecording.js';
import type { Recording } from '../../dashboard/replay/recording.js';
import { RunError } from '../../errors.js';
import { runNameOf } from '../../events/runName.js';
import { eventFileOf } from '../../run/folder/findRun.js';
import { EVENTS_FILE } from '../../run/folder/runFolder.js';
import { readRunEvent } from '../../run/folder/runSummary.js';
import { isNatsAddress, natsAddress } from '../../streams/node/nats/natsAddress.js';
import type { TrackingFormat } from '../../tracking/format.js';
import { filesOf } from '../../tracking/node/filesOf.js';
import { findRuns } from '../../tracking/node/findRuns.js';
import { sniff } from '../../tracking/node/sniff.js';
import { TrackedRun } from '../../tracking/node/trackedRun.js';
import { TrackedStream } from '../../tracking/node/trackedStream.js';
import { mayBeOurs } from '../../tracking/recognition.js';
import { decodePicture } from './decodePicture.js';
import { refuseContent } from './refuseContent.js';

export const STDIN = '-';

/** Something to watch. */
export interface NamedRecording {
  /** What a person calls it. */
  readonly name: string;
  /** For error messages. */
  readonly path: string;
  /** The event file that it is read from, where it is one. */
  readonly file?: string;
  readonly recording: Recording;
  /** A sentence on what lies beside it and is not shown. */
  readonly leftOut?: string;
}

/** How it is opened. */
export interface OpenRecordingOptions {
  /** Whether what is appended later belongs to it. */
  readonly follow: boolean;
  /** What `-` reads. */
  readonly stdin: Readable;
  /** Runs that are shown of a folder, those that were written last. */
  readonly most: number;
}

/**
 * What a person named: one run, or those in a folder; nothing is the newest run kept here.
 * @throws RunError where there is no run
 */
export async function openRecordings(
  run: string | undefined,
  options: OpenRecordingOptions,
): Promise<readonly NamedRecording[]> {
  if (run === STDIN) return [pipeRecording(options.stdin, 'stdin')];
  if (run !== undefined && isNatsAddress(run)) return [await brokerRecording(run, options.follow)];
  const path = await eventFileOf(run);
  const folder = basename(path) === EVENTS_FILE && run !== undefined ? run : undefined;
  const isFolder = folder !== undefined && (await stat(folder).catch(() => undefined))?.isDirectory() === true;
  if (isFolder && (await stat(path).catch(() => undefined)) === undefined) return openFolder(folder, options);
  return [await openFile(path, options.follow)];
}

async function brokerRecording(address: string, follow: boolean): Promise<NamedRecording> {
  const { natsRecording } = await import('./natsRecording.js');
  const { path, file, recording } = await natsRecording(natsAddress(address, true), follow);
  const run = file === undefined ? undefined : await readRunEvent(file);
  const name = (run && runNameOf(run)) ?? fileNameOf(file ?? path);
  return { name, path, recording, ...(file !== undefined && { file }) };
}

/** Pipes and devices have no places to go back to. */
async function openFile(path: string, follow: boolean): Promise<NamedRecording> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFIFO()) return pipeRecording(openFifo(path), path);
  if (stats?.isCharacterDevice()) return pipeRecording(createReadStream(path), path);
  if (basename(path) === EVENTS_FILE || stats === undefined) return ourRecording(path, follow);
  const sniffed = await sniff(path).catch(() => undefined);
  if (sniffed?.format !== undefined) return theirRecording(fileNameOf(path), path, sniffed.format, follow);
  if (sniffed?.problem !== undefined) throw damaged(path, sniffed.problem);
  if (sniffed !== undefined && !mayBeOurs(sniffed.start)) throw refuseContent(path, sniffed.start);
  if (sniffed?.isCompressed === true) return pipeRecording(createReadStream(path), path);
  return ourRecording(path, follow);
}

function damaged(path: string, problem: string): RunError {
  return new RunError({ code: 'RUN_NOT_FOUND', path, problem, advice: 'Copy it again, or give what it was made of.' });
}

function pipeRecording(stream: Readable, path: string): NamedRecording {
  const recording = new TrackedStream(stream, { path, refuse: refuseContent, decodePicture });
  return { name: fileNameOf(path), path, recording };
}

/** Without waiting for its writer, which could not be given up: reading waits instead. */
function openFifo(path: string): Readable {
  return new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });
}

/** The run's name; where no one has given it one, that of its folder or file. */
async function ourRecording(path: string, follow: boolean): Promise<NamedRecording> {
  const recording = await fileRecording(path, follow);
  const run = await readRunEvent(path);
  return { name: (run && runNameOf(run)) ?? fileNameOf(path), path, file: path, recording };
}

async function theirRecording(
  name: string,
  path: string,
  format: TrackingFormat,
  follow: boolean,
): Promise<NamedRecording> {
  const paths = (): Promise<readonly string[]> => filesOf(path, format);
  return { name, path, recording: await TrackedRun.open({ run: path, format, follow, paths, decodePicture }) };
}

async function openFolder(folder: string, { follow, most }: OpenRecordingOptions): Promise<readonly NamedRecording[]> {
  const { runs, isCutOff } = await findRuns(folder, EVENTS_FILE);
  if (runs.length === 0) throw nothingIn(folder);
  const newest = [...runs].sort((one, other) => other.modified - one.modified).slice(0, most);
  const shown = runs.filter((run) => newest.includes(run));
  const leftOut = leftOutOf(folder, runs.length, shown.length, isCutOff);
  const opened: NamedRecording[] = [];
  try {
    for (const { name, path, format } of shown) {
      const named =
        format === undefined ? await ourRecording(path, follow) : await theirRecording(name, path, format, follow);
      opened.push(opened.length === 0 && leftOut !== undefined ? { ...named, leftOut } : named);
    }
  } catch (error) {
    await Promise.all(opened.map(({ recording }) => recording.close()));
    throw error;
  }
  return opened;
}

function leftOutOf(folder: string, found: number, shown: number, isCutOff: boolean): string | undefined {
  const more = isCutOff ? ', and the folder is too large to be looked through' : '';
  if (found > shown) return `${found} runs lie in ${folder}${more}: the ${shown} that were written last are shown`;
  return isCutOff ? `${folder} is too large to be looked through: runs in it may be missing` : undefined;
}

function nothingIn(folder: string): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path: folder,
    problem: 'there is no run in this folder, nor in the folders in it',
    advice: `Looked for were ${EVENTS_FILE}, *tfevents*, *.wandb, trainer_state.json, *.csv and *.jsonl or *.ndjson with steps or numbers in them.`,
  });
}

function fileNameOf(path: string): string {
  return basename(basename(path) === EVENTS_FILE ? dirname(path) : path);
}
