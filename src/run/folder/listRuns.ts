import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EVENTS_FILE, RUNS_FOLDER } from './runFolder.js';
import { type RunSummary, summariseRun } from './runSummary.js';

/** A run kept in a folder. */
export interface KeptRun {
  /** The folder's name, which is the run's id unless somebody has chosen another. */
  readonly id: string;
  /** Its event file. */
  readonly events: string;
}

/** A run kept in a folder, and what can be said of it without reading all of its file. */
export type ListedRun = KeptRun & {
  /** `undefined` where its file does not begin with a run. */
  readonly summary: RunSummary | undefined;
};

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
 * The runs kept in a folder, oldest first, with what `millrace runs list` shows of them.
 *
 * @param folder @default 'runs'
 * @example
 * for (const { id, summary } of await listRuns(place)) console.log(id, summary?.name, summary?.state); // baseline baseline completed
 */
export async function listRuns(folder: string = RUNS_FOLDER): Promise<readonly ListedRun[]> {
  const now = Date.now();
  const runs: ListedRun[] = [];
  for (const run of await keptRuns(folder)) runs.push({ ...run, summary: await summariseRun(run.events, now) });
  return runs;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
