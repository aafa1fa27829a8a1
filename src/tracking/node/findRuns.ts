import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { TrackingFormat } from '../format.js';
import { eventFile } from '../tensorboard/eventFile.js';
import { sniff } from './sniff.js';

/** A run that lies in a folder. */
export interface FoundRun {
  /** Its folder, from the one that was looked through, or its file where several lie in one folder. */
  readonly name: string;
  /** Its file, or the folder whose files it is. */
  readonly path: string;
  /** `undefined` for a run of Millrace. */
  readonly format: TrackingFormat | undefined;
  /** When it was last written, in milliseconds. */
  readonly modified: number;
}

export interface FoundRuns {
  readonly runs: readonly FoundRun[];
  /** The folder was too large to be looked through. */
  readonly isCutOff: boolean;
}

const DEEPEST = 12;
const MOST_ENTRIES = 20_000;
/** Whose content is looked at. Others may be anything, and of any size. */
const WORTH_A_LOOK = /\.(wandb|csv|tsv|jsonl|ndjson)(\.gz)?$|^trainer_state\.json(\.gz)?$/;
const CHECKPOINT = /^checkpoint-(\d+)$/;

/**
 * The runs in a folder and the folders in it, of Millrace and of other tools. Each folder with event files is one.
 * @param ours name of the file in which a run folder of Millrace has its events
 */
export async function findRuns(folder: string, ours: string): Promise<FoundRuns> {
  const search = new Search(folder, ours);
  await search.lookThrough(folder, 0);
  return {
    runs: withoutCopies(search.runs).map((run) => namedByTraining(run, folder)),
    isCutOff: search.entries > MOST_ENTRIES,
  };
}

class Search {
  readonly runs: FoundRun[] = [];
  entries = 0;
  readonly #root: string;
  readonly #ours: string;
  readonly #seen = new Set<string>();

  constructor(root: string, ours: string) {
    this.#root = root;
    this.#ours = ours;
  }

  async lookThrough(folder: string, depth: number): Promise<void> {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || depth > DEEPEST || this.#seen.has(real)) return;
    this.#seen.add(real);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    this.entries += entries.length;
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    await this.#lookAtFiles(folder, names.sort());
    const folders = entries.filter((entry) => !/^\.|^node_modules$/.test(entry.name) && !entry.isFile());
    // Links last: what they lead to has its own name, as a rule.
    folders.sort((one, other) => Number(one.isSymbolicLink()) - Number(other.isSymbolicLink()));
    for (const { name } of folders) {
      if (this.entries > MOST_ENTRIES) return;
      await this.lookThrough(join(folder, name), depth + 1);
    }
  }

  async #lookAtFiles(folder: string, names: readonly string[]): Promise<void> {
    if (names.includes(this.#ours)) return this.#add(folder, join(folder, this.#ours), undefined);
    const events = names.filter((name) => eventFile.joins!.test(name));
    // The same figures lie beside them once more, as CSV.
    if (events.length > 0) return this.#add(folder, join(folder, events.at(-1)!), eventFile, folder);
    const found: [path: string, format: TrackingFormat][] = [];
    for (const name of names.filter((candidate) => WORTH_A_LOOK.test(candidate))) {
      const path = join(folder, name);
      const { format } = await sniff(path).catch(() => ({ format: undefined }));
      if (format !== undefined) found.push([path, format]);
    }
    for (const [path, format] of found) await this.#add(found.length === 1 ? folder : path, path, format);
  }

  /** @param named what it is called by @param path of a file that tells when it was written @param run its file or folder */
  async #add(named: string, path: string, format: TrackingFormat | undefined, run: string = path): Promise<void> {
    const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
    this.runs.push({ name: nameIn(this.#root, named), path: run, format, modified: mtimeMs });
  }
}

/** Of the states beside checkpoints the last one holds all, and event files in the same place have it, too. */
function withoutCopies(runs: readonly FoundRun[]): readonly FoundRun[] {
  return runs.filter((run) => {
    const number = checkpointOf(run);
    if (number === undefined) return true;
    const training = dirname(dirname(run.path));
    return !runs.some((other) => {
      const otherNumber = checkpointOf(other);
      if (otherNumber !== undefined) return dirname(dirname(other.path)) === training && otherNumber > number;
      return other.format === eventFile && other.path.startsWith(training);
    });
  });
}

/** The last checkpoint tells of the whole training. */
function namedByTraining(run: FoundRun, root: string): FoundRun {
  if (checkpointOf(run) === undefined || dirname(run.path) === root) return run;
  return { ...run, name: nameIn(root, dirname(dirname(run.path))) };
}

function nameIn(root: string, path: string): string {
  const name = relative(root, path);
  return name === '' ? basename(resolve(root)) : name;
}

function checkpointOf({ path, format }: FoundRun): number | undefined {
  const [, number] = CHECKPOINT.exec(basename(dirname(path))) ?? [];
  return number === undefined || format === eventFile || format === undefined ? undefined : Number(number);
}
