// What `--compare` names: an earlier run, or losses in a JSON file.
import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import type { Comparison, ComparisonCurve } from '../../dashboard/comparison.js';
import { RunError } from '../../errors.js';
import { eventFileOf } from '../../run/folder/findRun.js';
import { EVENTS_FILE } from '../../run/folder/runFolder.js';
import { readEarlierRun } from './earlierRun.js';
import { readCurves } from './lossCurves.js';

/** Draws nothing behind the loss, the notebook neither. */
const NOTHING = 'none';

/**
 * Reads a run (its folder, event file, id or name), or a JSON file of losses.
 * @param architecture the preset that is going to be trained, where that is known: there has to be a curve for it
 * @throws RunError when the file is missing, cannot be read or holds nothing to compare with
 */
export async function readComparison(path: string, architecture?: string): Promise<Comparison> {
  if (path === NOTHING) return { name: NOTHING, curves: [] };
  const file = await eventFileOf(path);
  await requireFile(file);
  const earlier = await readEarlierRun(file);
  const curves = earlier === undefined ? await readCurves(file) : [earlier.curve];
  if (architecture !== undefined) requireCurve(path, curves, architecture);
  return { name: earlier?.name ?? nameOf(file), curves };
}

/** A run folder's name stands for its event file. */
function nameOf(file: string): string {
  return basename(file) === EVENTS_FILE ? basename(dirname(file)) : basename(file, extname(file));
}

async function requireFile(file: string): Promise<void> {
  const stats = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    throw new RunError({
      code: 'COMPARISON_NOT_FOUND',
      path: file,
      problem: cause.code === 'ENOENT' ? 'there is no such file' : `this file cannot be read (${cause.code})`,
      advice:
        'Name a run folder, an event file, or a JSON file of losses; millrace watch --list shows the runs kept here.',
      cause,
    });
  });
  if (stats.isFile()) return;
  throw new RunError({
    code: 'COMPARISON_UNREADABLE',
    path: file,
    problem: 'this is not a file',
    advice: 'Save it to a file first.',
  });
}

function requireCurve(path: string, curves: readonly ComparisonCurve[], architecture: string): void {
  const names = curves.flatMap((curve) => curve.architecture ?? architecture);
  if (names.includes(architecture)) return;
  throw new RunError({
    code: 'COMPARISON_FORM',
    path,
    expected: `a curve of the network ${architecture}`,
    actual: names.join(', '),
    advice: 'Train one of those, or compare with another file.',
  });
}
