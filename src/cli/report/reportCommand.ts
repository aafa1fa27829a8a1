import type { Command } from 'commander';
import type { ProgramContext } from '../programContext.js';
import type { ReportFlags } from './reportAction.js';

const EXAMPLES = `
Without --output it is on stdout and has no pictures. Pictures lie beside the file: put all of it into the repository, or drop the
pictures into the comment.

Examples:
  $ millrace report --markdown | gh pr comment 7 --body-file -
  $ millrace report baseline --markdown --output docs/baseline.md
  $ millrace report runs/one --markdown --output report/`;

/** Adds `report`. @param done takes the exit code */
export function registerReport(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  program
    .command('report')
    .description('a run as a text to hand on: figures, curves, best and last images, configuration')
    .argument('[run]', 'a run folder, an id, a name or an event file (default: the newest run kept here)')
    .option('--markdown', 'as Markdown that GitHub shows')
    .option(
      '--output <folder|file.md>',
      'write it there, with its pictures beside it (default: stdout, without pictures)',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (run: string | undefined, flags: ReportFlags) => {
      const { reportAction } = await import('./reportAction.js');
      done(await reportAction(run, flags, context));
    });
}
