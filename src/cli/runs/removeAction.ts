import { planRemoval, type RunRemoval } from '../../run/folder/removeRun.js';
import type { ProgramContext } from '../programContext.js';
import { removeAfterAsking } from './removeAfterAsking.js';

/**
 * Removes the runs that are named, each once. Where one of them cannot be removed, none is.
 * @returns the exit code
 * @throws RunError, MillraceError before anything is removed
 */
export async function removeAction(named: readonly string[], yes: boolean, context: ProgramContext): Promise<number> {
  const removals = new Map<string, RunRemoval>();
  for (const run of named) {
    const removal = await planRemoval(run);
    removals.set(removal.folder, removal);
  }
  return removeAfterAsking([...removals.values()], yes, context);
}
