import { OptionError } from '../../errors.js';
import { planPruning } from '../../run/folder/pruneRuns.js';
import { EXIT } from '../exitCodes.js';
import type { ProgramContext } from '../programContext.js';
import { removeAfterAsking } from './removeAfterAsking.js';

/**
 * Removes all runs kept here that are over, but the newest.
 * @param keep how many stay, as it was written
 * @returns the exit code
 * @throws RunError, MillraceError before anything is removed
 */
export async function pruneAction(keep: string, yes: boolean, context: ProgramContext): Promise<number> {
  if (!/^\d{1,9}$/.test(keep)) throw new OptionError('keep', keep, 'a whole number, 0 or more');
  const removals = await planPruning({ keep: Number(keep) });
  if (removals.length > 0) return removeAfterAsking(removals, yes, context);
  context.stderr.write('There is nothing to remove.\n');
  return EXIT.done;
}
