import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RunError } from '../../errors.js';
import { EVENTS_FILE, RUNS_FOLDER } from './runFolder.js';

/** A run kept in a folder. */
export interface KeptRun {
  readonly id: string;
  readonly events: string;
}

/** The runs kept under `runs/` here, oldest first. Ids sort by time. */
export async function keptRuns(folder: string = RUNS_FOLDER): Promise<readonly KeptRun[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const runs = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const events = join(folder, name, EVENTS_FILE);
        return (await isFile(events)) ? [{ id: name, events }] : [];
      }),
  );
  return runs.flat().sort((one, other) => (one.id < other.id ? -1 : 1));
}

/**
 * The event file that a person means: a run folder, a file, the id of a run kept here, or nothing for the newest of these.
 * @throws RunError `RUN_NOT_FOUND`
 */
export async function eventFileOf(path: string | undefined): Promise<string> {
  if (path !== undefined) {
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isDirectory()) return join(path, EVENTS_FILE);
    const kept = join(RUNS_FOLDER, path, EVENTS_FILE);
    return stats === undefined && basename(path) === path && (await isFile(kept)) ? kept : path;
  }
  const newest = (await keptRuns()).at(-1);
  if (newest !== undefined) return newest.events;
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path: RUNS_FOLDER,
    problem: 'no run is kept here',
    advice: 'Start one with millrace train, or name a run folder or an event file.',
  });
}

/**
 * The run folder that a person means, and the checkpoint in it where they name one.
 * @param path a folder, a checkpoint, the id of a run kept here, or `true` for the newest of these
 * @throws RunError `RUN_NOT_FOUND`
 */
export async function resumeTarget(path: string | true): Promise<{ readonly folder: string; readonly file?: string }> {
  const events = await eventFileOf(path === true ? undefined : path);
  if (basename(events) === EVENTS_FILE && (await isFile(events))) return { folder: dirname(events) };
  if (path !== true && (await isFile(path)) && (await isFile(join(dirname(path), EVENTS_FILE))))
    return { folder: dirname(path), file: basename(path) };
  const isThere = await isFile(events);
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path: path === true ? RUNS_FOLDER : path,
    problem: isThere ? `there is no ${EVENTS_FILE} beside it` : 'there is no run',
    advice: isThere
      ? 'A run goes on in its folder; to begin a new one with these weights, use --weights.'
      : 'Name a run folder or a checkpoint in one; millrace watch --list shows the runs kept here.',
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
