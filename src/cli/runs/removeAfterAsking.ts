import { formatCount } from '../../dashboard/format.js';
import { MillraceError } from '../../errors.js';
import { type RunRemoval, removeRun } from '../../run/folder/removeRun.js';
import { toPortable } from '../../run/thread/portableError.js';
import { printable } from '../../text/printable.js';
import { EXIT, sentenceOf } from '../exitCodes.js';
import type { ProgramContext } from '../programContext.js';
import { writeText } from '../writeText.js';
import { agrees } from './agrees.js';

/**
 * Says what is to be removed, asks on a terminal, and removes it. The folders are printed on stdout.
 * @param yes whether that is agreed already
 * @returns the exit code: 1 where one could not be removed
 * @throws MillraceError `OPTION` where no one has agreed and no one can be asked
 */
export async function removeAfterAsking(
  removals: readonly RunRemoval[],
  yes: boolean,
  context: ProgramContext,
): Promise<number> {
  const { stdin, stdout, stderr } = context;
  for (const removal of removals) stderr.write(`${lineOf(removal)}\n`);
  if (!yes) {
    if (stdin.isTTY !== true || stderr.isTTY !== true)
      throw new MillraceError({
        code: 'OPTION',
        problem: '--yes is missing, and there is no terminal to ask on',
        advice: 'Nothing was removed; give --yes to remove these runs.',
      });
    if (!(await agrees(`Remove ${amountOf(removals)}?`, context))) {
      stderr.write('Nothing was removed.\n');
      return EXIT.done;
    }
  }
  const removed: RunRemoval[] = [];
  for (const { folder } of removals) {
    try {
      removed.push(await removeRun(folder));
      await writeText(stdout, `${printable(folder)}\n`);
    } catch (error) {
      if (!(error instanceof MillraceError)) throw error;
      stderr.write(`millrace: ${sentenceOf(toPortable(error))}\n`);
    }
  }
  stderr.write(`Removed ${amountOf(removed)}.\n`);
  return removed.length === removals.length ? EXIT.done : EXIT.failed;
}

function lineOf({ folder, files, bytes, others }: RunRemoval): string {
  const sizes = `${formatCount(files.length)} ${files.length === 1 ? 'file' : 'files'}, ${formatCount(bytes)} bytes`;
  const [first, ...more] = others;
  if (first === undefined) return `${printable(folder)}: ${sizes}`;
  const rest = more.length === 0 ? first : `${first} and ${more.length} more`;
  return `${printable(folder)}: ${sizes}; the folder stays, since it also holds ${printable(rest)}`;
}

function amountOf(removals: readonly RunRemoval[]): string {
  const bytes = removals.reduce((sum, removal) => sum + removal.bytes, 0);
  return `${formatCount(removals.length)} ${removals.length === 1 ? 'run' : 'runs'}, ${formatCount(bytes)} bytes`;
}
