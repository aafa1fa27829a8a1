// Where the data of a run are that goes on: relative paths in its options are seen from the folder in which it began.
import { access } from 'node:fs/promises';
import { basename, isAbsolute, join, normalize, resolve, sep } from 'node:path';
import { RunError } from '../../errors.js';
import type { RunConfig, RunInput } from '../config.js';
import { RUNS_FOLDER } from '../folder/runFolder.js';

const PATHS = { data: '--data', testData: '--test-data', target: '--target', testTarget: '--test-target' } as const;

/** Data without a path. */
const NAMES = ['mnist', '-'];

/**
 * The options of a run with paths that lead to its data from here. What lies where the option says from here counts first: the data's
 * digest tells whether they are the same.
 * @param given options of the resume, whose paths are as they are
 * @param folder of the run
 * @throws RunError `RUN_RESUME` that says where data were which are not there any more
 */
export async function findData(config: RunConfig, given: RunInput, folder: string): Promise<RunConfig> {
  const began = beganIn(folder, config.output);
  const found: { -readonly [option in keyof typeof PATHS]?: string } = {};
  for (const option of Object.keys(PATHS) as (keyof typeof PATHS)[]) {
    const path = config[option];
    if (path === undefined || given[option] !== undefined || NAMES.includes(path)) continue;
    const places = [path, ...(began === undefined || isAbsolute(path) ? [] : [join(began, path)])];
    const place = await firstThere(places);
    if (place === undefined) throw notThere(folder, resolve(places.at(-1)!), PATHS[option]);
    found[option] = place;
  }
  return { ...config, ...found };
}

/** The folder in which a run began: its own, without the relative path under which it is kept. @param output as the run was told, if it was */
function beganIn(folder: string, output: RunConfig['output']): string | undefined {
  const path = resolve(folder);
  const kept = output ?? join(RUNS_FOLDER, basename(path));
  if (kept === false || isAbsolute(kept)) return undefined;
  const ending = sep + normalize(kept);
  return path.endsWith(ending) ? path.slice(0, -ending.length) || sep : undefined;
}

async function firstThere(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return undefined;
}

function notThere(folder: string, place: string, flag: string): RunError {
  return new RunError({
    code: 'RUN_RESUME',
    path: folder,
    problem: `the run's data were at ${place}, where nothing is now`,
    advice: `Say where they are: ${flag} PATH.`,
  });
}
