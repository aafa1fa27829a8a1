import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunError } from '../../errors.js';
import { makeFolder } from '../../files/makeFolder.js';
import { systemCode, systemReason } from '../../files/systemError.js';
import { appendingFileSink } from '../../streams/sinks/node/fileSink.js';
import { type FlushedEvents, flushedEvents } from './flushedEvents.js';
import { lockFolder } from './lock.js';

/** Where runs are kept unless the user names a folder. */
export const RUNS_FOLDER = 'runs';
/** The event stream of a run, in its folder. */
export const EVENTS_FILE = 'events.ndjson';
/** A full checkpoint of a run, in its folder; names sort by step. */
export function checkpointFile(step: number): string {
  return `step-${String(step).padStart(8, '0')}.safetensors`;
}
/** The full checkpoint at the end of a run, in its folder. */
export const MODEL_FILE = 'model.safetensors';
/** Whether a file of that name in a run folder is a checkpoint. */
export function isCheckpointFile(name: string): boolean {
  return name === MODEL_FILE || /^step-\d+\.safetensors$/.test(name);
}

/** Whether a file of that name was being written when its process was killed. */
export function isLeftover(name: string): boolean {
  return /^(model|step-\d+)\.safetensors\.[0-9a-f]+\.partial$/.test(name);
}

/** The folder in which a run keeps itself. */
export interface RunFolder {
  /** As it was given. */
  readonly path: string;
  /** Where a file of that name lies, whatever the working directory becomes. */
  pathOf(file: string): string;
  /** `events.ndjson`, opened. */
  readonly events: FlushedEvents;
  /** Closes the events and gives the folder back. The caller that opened it does this last. */
  close(): Promise<void>;
}

/** A run folder that is ours, before its events are opened. */
export interface HeldFolder {
  /** As it was given. */
  readonly path: string;
  pathOf(file: string): string;
  /**
   * Opens the events. From then on the run folder that comes out is to be closed, and no longer this.
   * @param written events that are kept of those in the file, which is already cut back to them
   */
  open(written: number): Promise<RunFolder>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/**
 * Makes a run folder, or takes an empty one; no other process can have it until it is closed.
 * @throws RunError `RUN_FOLDER_IN_USE` where a run lives already, `RUN_FOLDER_LOCKED` where one is running,
 * `RUN_FOLDER_UNWRITABLE` where none can be made
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const folder = resolve(path);
  await makeFolder(folder).catch(unwritable(path, 'made'));
  const held = await holdRunFolder(path);
  try {
    await requireNoRun(folder, path);
    return await held.open(0);
  } catch (error) {
    await held.release();
    throw error;
  }
}

/**
 * Takes a folder that is there.
 * @throws RunError `RUN_FOLDER_LOCKED` where a run is running in it, `RUN_FOLDER_UNWRITABLE`
 */
export async function holdRunFolder(path: string): Promise<HeldFolder> {
  const folder = resolve(path);
  const lock = await lockFolder(folder, path).catch(unwritable(path, 'written to'));
  const pathOf = (file: string): string => join(folder, file);
  const release = (): Promise<void> => lock.release();
  return {
    path,
    pathOf,
    release,
    async open(written) {
      const events = flushedEvents(await appendingFileSink(pathOf(EVENTS_FILE)), written);
      return { path, pathOf, events, close: () => events.close().finally(release) };
    },
  };
}

async function requireNoRun(folder: string, path: string): Promise<void> {
  const entries = await readdir(folder);
  if (entries.includes(EVENTS_FILE) || entries.some(isCheckpointFile))
    throw new RunError({
      code: 'RUN_FOLDER_IN_USE',
      path,
      problem: 'a run is kept here already',
      advice: 'Choose another output folder; runs are never overwritten or mixed.',
    });
}

function unwritable(path: string, work: string): (cause: unknown) => never {
  return (cause) => {
    const code = systemCode(cause);
    if (code === undefined) throw cause;
    throw new RunError({
      code: 'RUN_FOLDER_UNWRITABLE',
      path,
      problem:
        code === 'EEXIST' || code === 'ENOTDIR'
          ? 'this is a file'
          : `this folder cannot be ${work} (${systemReason(cause)})`,
      advice: 'Choose another output folder, or none (--no-output) to keep nothing.',
      cause,
    });
  };
}
