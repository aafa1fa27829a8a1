// Keeping the newest runs of a folder, and removing the others.

import { dirname } from 'node:path';
import { OptionError, RunError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { keptRuns } from './listRuns.js';
import { planRemoval, type RunRemoval, removeRun } from './removeRun.js';
import { RUNS_FOLDER } from './runFolder.js';
import { readRunEvent } from './runSummary.js';

/** Which runs stay. */
export interface PruneOptions {
  /** How many of the runs that are over stay: the newest. 0 removes all of them. */
  readonly keep: number;
  /** Where the runs are. @default 'runs' */
  readonly folder?: string;
}

const OPTIONS: OptionNames<PruneOptions> = { keep: true, folder: true };

/**
 * Looks at what `pruneRuns` would remove, oldest first, and removes nothing.
 *
 * A run that some process is at work on does not count, nor does a folder whose events do not begin with a run.
 *
 * @throws OptionError for a `keep` that is not a whole number, 0 or more
 * @example
 * const removals = await planPruning({ keep: 0, folder: place });
 * console.log(removals.length, removals.reduce((sum, { bytes }) => sum + bytes, 0) > 0); // 1 true
 */
export async function planPruning(options: PruneOptions): Promise<readonly RunRemoval[]> {
  requireKnownOptions(options, OPTIONS);
  const { keep, folder = RUNS_FOLDER } = options;
  if (!(Number.isSafeInteger(keep) && keep >= 0)) throw new OptionError('keep', keep, 'a whole number, 0 or more');
  const over: { readonly begun: string; readonly removal: RunRemoval }[] = [];
  for (const { events } of await keptRuns(folder)) {
    const run = await readRunEvent(events);
    const removal = run && (await planRemoval(dirname(events)).catch(unlessRunning));
    if (run !== undefined && removal !== undefined) over.push({ begun: run.time, removal });
  }
  // Folders may be called anything, and ids of one second differ by chance: which run is the newest, its first event says.
  over.sort((one, other) => (one.begun < other.begun ? -1 : 1));
  return over.slice(0, Math.max(0, over.length - keep)).map(({ removal }) => removal);
}

function unlessRunning(error: unknown): undefined {
  if (!(error instanceof RunError && error.code === 'RUN_FOLDER_LOCKED')) throw error;
}

/**
 * Removes all runs of a folder that are over but the newest: what they have written, as `removeRun` does. A run that some
 * process is at work on stays.
 *
 * @returns what was removed, oldest first
 * @throws OptionError for a `keep` that is not a whole number, 0 or more
 * @throws RunError of the first run that cannot be removed; older ones are gone by then
 * @example
 * await pruneRuns({ keep: 0, folder: place });
 * console.log((await listRuns(place)).length); // 0
 */
export async function pruneRuns(options: PruneOptions): Promise<readonly RunRemoval[]> {
  const removed: RunRemoval[] = [];
  for (const { folder } of await planPruning(options)) removed.push(await removeRun(folder));
  return removed;
}
