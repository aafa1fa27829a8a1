// What a person calls a run: its folder, its event file, its id, or the name they gave it.
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RunError } from '../../errors.js';
import { runNameOf } from '../../events/runName.js';
import { keptRuns } from './listRuns.js';
import { EVENTS_FILE, RUNS_FOLDER } from './runFolder.js';
import { readRunEvent } from './runSummary.js';

/**
 * The event file that a person means: a run folder, a file, the id or the name of a run kept here, or nothing for the newest
 * of these. Of runs of one name the newest is meant; what lies in that place comes before any name.
 * @throws RunError `RUN_NOT_FOUND`
 */
export async function eventFileOf(path: string | undefined): Promise<string> {
  if (path !== undefined) return eventFileAt(path);
  const newest = (await keptRuns()).at(-1);
  if (newest !== undefined) return newest.events;
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path: RUNS_FOLDER,
    problem: 'no run is kept here',
    advice: 'Start one with millrace train, or name a run folder or an event file.',
  });
}

/** A path that leads nowhere stays as it is, for whoever opens it to complain about. */
async function eventFileAt(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined);
  const inside = join(path, EVENTS_FILE);
  if (stats !== undefined && (!stats.isDirectory() || (await isFile(inside))))
    return stats.isDirectory() ? inside : path;
  const isWord = basename(path) === path && !['', '.', '..'].includes(path);
  const kept = isWord ? await keptEventsOf(path) : undefined;
  return kept ?? (stats === undefined ? path : inside);
}

async function keptEventsOf(idOrName: string): Promise<string | undefined> {
  const events = join(RUNS_FOLDER, idOrName, EVENTS_FILE);
  return (await isFile(events)) ? events : newestNamed(idOrName);
}

/** Folders may be called anything, and ids of one second differ by chance: which run is the newest, its first event says. */
async function newestNamed(name: string): Promise<string | undefined> {
  let newest: { readonly begun: string; readonly events: string } | undefined;
  for (const { events } of await keptRuns()) {
    const run = await readRunEvent(events);
    if (run === undefined || runNameOf(run) !== name) continue;
    if (newest === undefined || run.time >= newest.begun) newest = { begun: run.time, events };
  }
  return newest?.events;
}

/**
 * The run folder that a person means, and the checkpoint in it where they name one.
 * @param path a folder, a checkpoint, the id or the name of a run kept here, or `true` for the newest of these
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

/**
 * The run folder that a person means.
 * @throws RunError `RUN_NOT_FOUND` where there is none, or only an event file elsewhere
 */
export async function runFolderOf(run: string): Promise<string> {
  const events = await eventFileAt(run);
  if (basename(events) === EVENTS_FILE && (await isFile(events))) return dirname(events);
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path: run,
    problem: (await isFile(events)) ? 'this is no run folder' : 'there is no run',
    advice: 'Name a run folder, an id or a name; millrace runs list shows the runs kept here.',
  });
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
