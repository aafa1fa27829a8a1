import { Command, CommanderError } from 'commander';
import { MillraceError } from '../errors.js';
import { packageVersion } from '../packageVersion.js';
import { toPortable } from '../run/protocol.js';
import { closestName } from '../text/closestName.js';
import { registerDoctor } from './doctorCommand.js';
import { EXIT, exitCodeOf, sentenceOf } from './exitCodes.js';
import { registerTrain } from './trainCommand.js';
import { registerWatch } from './watchCommand.js';

/** Commands load what they need when they run: the training starts the sooner. */
async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('millrace')
    .description('Reactive streaming data pipelines that train, on screen while it happens.')
    .version(packageVersion())
    .showHelpAfterError('(millrace --help shows what there is)');
  registerTrain(program);
  registerWatch(program);
  const data = program.command('data').description('look after data files');
  if (argv.includes('data')) (await import('./dataCommand.js')).registerData(data);
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

/** A reader or a terminal that has gone (`millrace --help | head -1`) is no error; those who care listen themselves. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && !(error.code === 'EIO' && stream.isTTY)) throw error;
    });
}

/** Runs the command line. Sets `process.exitCode`; never throws for what a user can do wrong. */
export async function main(argv: readonly string[]): Promise<void> {
  outliveReaders();
  const program = await createProgram(argv);
  try {
    requireKnownCommand(program, argv[0]);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (error instanceof MillraceError) {
      process.exitCode = exitCodeOf(toPortable(error));
      process.stderr.write(`millrace: ${sentenceOf(toPortable(error))}\n`);
    } else throw error;
  }
}
