import { setImmediate as nextTurn } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { MillraceError } from '../errors.js';
import { packageVersion } from '../files/packageVersion.js';
import { toPortable } from '../run/thread/messages.js';
import { closestName } from '../text/closestName.js';
import { printable } from '../text/printable.js';
import { registerDoctor } from './doctor/doctorCommand.js';
import { EXIT, exitCodeOf, sentenceOf } from './exitCodes.js';
import { registerTrain } from './train/trainCommand.js';
import { registerWatch } from './watch/watchCommand.js';
import { unwritableStdout } from './writeText.js';

/** Commands load what they need when they run: the training starts the sooner. */
async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('millrace')
    .description('Reactive streaming data pipelines that train, on screen while it happens.')
    .version(packageVersion())
    .configureOutput({ writeErr: complain })
    .showHelpAfterError('(millrace --help shows what there is)');
  registerTrain(program);
  registerWatch(program);
  const data = program.command('data').description('look after data files');
  if (argv.includes('data')) (await import('./data/dataCommand.js')).registerData(data);
  registerDoctor(program);
  for (const command of everyCommand(program)) command.exitOverride().allowExcessArguments(false);
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** A first word that is no command would otherwise be taken for an argument of the default one. */
function requireKnownCommand(program: Command, word: string | undefined): void {
  if (word === undefined || word.startsWith('-')) return;
  const names = ['help', ...program.commands.map((command) => command.name())];
  if (names.includes(word)) return;
  const near = closestName(word, names);
  program.error(`error: unknown command '${word}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`);
}

/** What is wrong with the command line repeats words of it, among them names of files. */
function complain(text: string): void {
  process.stderr.write(text.split('\n').map(printable).join('\n'));
}

/**
 * Keeps the process alive when nobody takes its output. A reader or a terminal that has gone (`millrace --help | head -1`)
 * is no error, and where stderr fails there is nobody left to tell.
 * @returns what has kept stdout from being written, if anything has
 */
function outliveReaders(): () => NodeJS.ErrnoException | undefined {
  let failure: NodeJS.ErrnoException | undefined;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const hasGone = error.code === 'EPIPE' || (error.code === 'EIO' && process.stdout.isTTY);
    if (!hasGone) failure ??= error;
  });
  return () => failure;
}

/** Runs the command line. Sets `process.exitCode`; never throws for what a user can do wrong. */
export async function main(argv: readonly string[]): Promise<void> {
  const stdoutFailure = outliveReaders();
  try {
    await run(argv);
    // A failed write is told in a later turn.
    await nextTurn();
    const failure = stdoutFailure();
    if (failure !== undefined && !process.exitCode) throw unwritableStdout(failure);
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    process.exitCode = exitCodeOf(toPortable(error));
    process.stderr.write(`millrace: ${sentenceOf(toPortable(error))}\n`);
  }
}

async function run(argv: readonly string[]): Promise<void> {
  const program = await createProgram(argv);
  try {
    requireKnownCommand(program, argv[0]);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}
