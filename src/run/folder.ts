import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunError } from '../errors.js';
import { fileSink } from '../streams/sinks/file.js';
import type { Sink } from '../streams/sinks/sink.js';

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

/** The folder in which a run keeps itself. */
export interface RunFolder {
  /** As it was given. */
  readonly path: string;
  /** Where a file of that name lies, whatever the working directory becomes. */
  pathOf(file: string): string;
  /** `events.ndjson`, opened. Whoever opened the folder closes it. */
  readonly events: Sink;
}

/**
 * Makes a run folder, or takes an empty one.
 * @throws RunError `RUN_FOLDER_IN_USE` where a run lives already, `RUN_FOLDER_UNWRITABLE` where none can be made
 */
export async function openRunFolder(path: string): Promise<RunFolder> {
  const folder = resolve(path);
  await makeFolder(folder, path);
  const entries = await readdir(folder);
  if (entries.includes(EVENTS_FILE) || entries.includes(MODEL_FILE))
    throw new RunError({
      code: 'RUN_FOLDER_IN_USE',
      path,
      problem: 'a run is kept here already',
      advice: 'Choose another output folder; runs are never overwritten or mixed.',
    });
  const pathOf = (file: string): string => join(folder, file);
  return { path, pathOf, events: await fileSink(pathOf(EVENTS_FILE)) };
}

async function makeFolder(folder: string, path: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new RunError({
      code: 'RUN_FOLDER_UNWRITABLE',
      path,
      problem: code === 'EEXIST' || code === 'ENOTDIR' ? 'this is a file' : `this folder cannot be made (${code})`,
      advice: 'Choose another output folder, or none (--no-output) to keep nothing.',
      cause,
    });
  }
}
