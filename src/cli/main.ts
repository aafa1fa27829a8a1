import { setImmediate as nextTurn } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { MillraceError } from '../errors.js';
import { VERSION } from '../files/version.js';
import { toPortable } from '../run/thread/portableError.js';
import { printable } from '../text/printable.js';
import { closeDeadTerminals } from './deadTerminals.js';
import { registerDoctor } from './doctor/doctorCommand.js';
import { EXIT, exitCodeOf, sentenceOf } from './exitCodes.js';
import { registerDecode } from './inference/decodeCommand.js';
import { registerDetect } from './inference/detectCommand.js';
import { registerEncode } from './inference/encodeCommand.js';
import { registerEvaluate } from './inference/evaluateCommand.js';
import { registerExport } from './inference/exportCommand.js';
import { registerReconstruct } from './inference/reconstructCommand.js';
import { processContext } from './processContext.js';
import type { OutputStream, ProgramContext } from './programContext.js';
import { registerReport } from './report/reportCommand.js';
import { suggestNames } from './suggestNames.js';
import { registerTrain } from './train/trainCommand.js';
import { registerWatch } from './watch/watchCommand.js';
import { unwritableStdout } from './writeText.js';

/** Commands load what they need when they run: the training starts the sooner. */
async function createProgram(
  argv: readonly string[],
  context: ProgramContext,
  done: (exitCode: number) => void,
): Promise<Command> {
  const program = new Command('millrace')
    .description('Reactive streaming data pipelines that train, on screen while it happens.')
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => complain(context.stderr, text),
    })
    .showHelpAfterError('(millrace --help shows what there is)');
  registerTrain(program, context, done);
  registerWatch(program, context, done);
  registerReconstruct(program, context, done);
  registerEncode(program, context, done);
  registerDecode(program, context, done);
  registerEvaluate(program, context, done);
  registerDetect(program, context, done);
  registerExport(program, context, done);
  registerReport(program, context, done);
  const runs = program.command('runs').description('look after the runs kept here');
  if (argv.includes('runs')) (await import('./runs/runsCommand.js')).registerRuns(runs, context, done);
  const data = program.command('data').description('look after data files');
  if (argv.includes('data')) (await import('./data/dataCommand.js')).registerData(data, context, done);
  registerDoctor(program, context);
  for (const command of everyCommand(program)) {
    command.exitOverride().allowExcessArguments(false);
    suggestNames(command);
  }
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** A first word that is not a command would otherwise be taken for an argument of the default one. */
function requireKnownCommand(program: Command, word: string | undefined): void {
  if (word === undefined || word.startsWith('-')) return;
  const names = ['help', ...program.commands.map((command) => command.name())];
  if (!names.includes(word)) program.error(`error: unknown command '${word}'`);
}

/** What is wrong with the command line repeats words of it, among them names of files. */
function complain(stderr: OutputStream, text: string): void {
  stderr.write(text.split('\n').map(printable).join('\n'));
}

/**
 * Keeps the process alive when no one takes its output. A reader or a terminal that has gone (`millrace --help | head -1`)
 * is not an error, and where stderr fails there is no one left to tell.
 * @returns what has kept stdout from being written, if anything has
 */
function outliveReaders({ stdout, stderr }: ProgramContext): () => NodeJS.ErrnoException | undefined {
  let failure: NodeJS.ErrnoException | undefined;
  stderr.on('error', () => undefined);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    const hasGone = error.code === 'EPIPE' || (error.code === 'EIO' && stdout.isTTY);
    if (!hasGone) failure ??= error;
  });
  return () => failure;
}

/**
 * Runs the command line. Never throws for what a user can do wrong.
 * @param context @default the process's own streams, environment and terminal
 * @returns the exit code
 */
export async function main(argv: readonly string[], context: ProgramContext = processContext): Promise<number> {
  if (context === processContext) process.once('exit', closeDeadTerminals);
  const stdoutFailure = outliveReaders(context);
  try {
    const exitCode = await run(argv, context);
    // A failed write is told in a later turn.
    await nextTurn();
    const failure = stdoutFailure();
    if (failure !== undefined && exitCode === EXIT.done) throw unwritableStdout(failure);
    return exitCode;
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    context.stderr.write(`millrace: ${sentenceOf(toPortable(error))}\n`);
    return exitCodeOf(toPortable(error));
  }
}

async function run(argv: readonly string[], context: ProgramContext): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = await createProgram(argv, context, (code) => {
    exitCode = code;
  });
  try {
    requireKnownCommand(program, argv[0]);
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}
