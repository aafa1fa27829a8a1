import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import type { LogFlags } from './logAction.js';

const EXAMPLES = `
Examples:
  $ python train.py 2>&1 | millrace log            what Keras, Lightning, tqdm and PyTorch's examples print is recognised
  $ python train.py | millrace log --regex 'loss[:= ]+(?<loss>[0-9.eE+-]+)'
  $ python train.py | millrace log --events run.ndjson > train.log

A pattern's named groups are figures, and step and epoch say where the run is. Lines go on to stdout where that is no terminal.
On a terminal the view log shows them, and q leaves the dashboard: the program goes on, and its lines are printed.`;

/** Adds `log`. @param done takes the exit code */
export function registerLog(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  program
    .command('log')
    .description('draw what another program prints, and pass it on')
    .option(
      '--regex <pattern>',
      'where figures are in a line; may be given several times (default: what is recognised)',
      (pattern: string, before: readonly string[]) => [...before, pattern],
      [] as readonly string[],
    )
    .option('--events <file>', 'keep figures and lines as events, NDJSON')
    .option('--glyphs <kind>', 'what curves are made of: auto, braille, block, ascii (default: auto)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: LogFlags) => {
      const { logAction } = await import('./logAction.js');
      done(await logAction(flags, context));
    });
}
