import { type Command, Option } from 'commander';
import { OptionError, RunError } from '../../errors.js';
import { BACKENDS, ENGINES } from '../../model/engine.js';
import { INITIALS } from '../../model/initialWeights.js';
import { LOSSES } from '../../model/losses/losses.js';
import { OPTIMIZERS } from '../../model/optimizers/optimizers.js';
import { PRESETS } from '../../model/presets/presets.js';
import type { RunInput } from '../../run/config.js';
import { SCHEDULES } from '../../training/schedules/schedules.js';
import { addArrayFlags } from '../arrayFlags.js';
import { addImageFlags, imageOptionsOf } from '../imageFlags.js';
import type { ProgramContext } from '../programContext.js';
import { addPublishFlags, type PublishFlags, publishFlagsOf } from '../publishing/publishFlags.js';
import { glyphsOf } from '../show/glyphsOption.js';
import { UI_OPTIONS, type UiOption } from '../show/uiOption.js';
import { addSinkFlags, type SinkFlags, sinkFlagsOf } from '../sinks/sinkFlags.js';

interface TrainFlags extends Omit<RunInput, 'output'>, PublishFlags, SinkFlags {
  readonly output?: string | boolean;
  /** A file, or - for stdout. */
  readonly events?: string;
  readonly compare?: string;
  /** A run or a JSON file whose options count where no flag is given. */
  readonly config?: string;
  readonly glyphs?: string;
  readonly ui: UiOption;
  /** A file or a fifo. */
  readonly commands?: string;
  readonly keepRunning?: boolean;
  readonly closeAtEnd?: boolean;
}

/** A number where the text is one; otherwise the text itself, for the check to complain about. */
function number(text: string): number {
  const value = Number(text);
  return (text.trim() === '' || !Number.isFinite(value) ? text : value) as number;
}

const EXAMPLES = `
Examples:
  $ millrace                                          the notebook's run: MNIST, 30 epochs
  $ millrace train --limit 5000 --epochs 2            a quick look
  $ millrace train --architecture denoise --shuffle   learn to remove noise
  $ millrace train --data photos --resize 64x64 --architecture photo
  $ millrace train --resume                           go on with the newest run, to the same bits
  $ millrace train --resume --epochs 40               … and for longer
  $ millrace train --name baseline                    … millrace watch baseline, train --resume baseline
  $ millrace train --config baseline --noise 0.3      its options again, but for one
  $ millrace train --compare baseline                 beside an earlier run
  $ millrace train --events - | jq 'select(.type == "epoch")'
  $ millrace train --serve 8080                       curl -N localhost:8080/events
  $ millrace train --data noisy/ --target clean/      learn to make the one of the other
  $ ffmpeg -i VIDEO -vf scale=28:28 -f rawvideo -pix_fmt gray - | millrace --data - --shape 28x28x1 --epoch-items 1000
  $ mkfifo steer && millrace --commands steer         echo '{"action":"pause"}' > steer
  $ millrace train --tensorboard logs                 and tensorboard --logdir logs
  $ millrace train --on-end 'notify-send "$MILLRACE_STATUS: $MILLRACE_TEST_LOSS"'
  $ millrace train --data photos --resize 64x64       a folder of images; subfolders are labels
  $ curl -s https://example.org/images.gz | millrace train --data -

--config takes a run (its folder, id or name) or a JSON object of options in camelCase, {"batchSize": 32, "shuffle": true}.
The network is the one that the run had; where it was kept, its name and what is only shown or steered are left out.

--compare takes a run (its folder, id or name), an event file, a JSON list of losses as the notebook prints them, [0.5468, 0.2722, …], which
are divided by the batch size, or an object of tables by network. Without it runs are compared with the notebook where they
are comparable; none compares with nothing.`;

/** Adds `train`, the default command. @param done takes the exit code */
export function registerTrain(program: Command, context: ProgramContext, done: (exitCode: number) => void): void {
  const command = program
    .command('train', { isDefault: true })
    .description('train an autoencoder and watch it learn')
    .optionsGroup('What matters first:')
    .option(
      '--data <mnist|file|folder|->',
      'training images: MNIST, a folder or a tar archive of photos, an IDX, NumPy, CSV or Parquet file, or - for stdin',
    )
    .option('--architecture <preset|file.json>', `the network: ${PRESETS.join(', ')}, or a file of your own`)
    .option(
      '--epochs <count>',
      'times through the data (default: 30; from stdin 1, or with --epoch-items 30 at most)',
      number,
    )
    .option('--batch-size <items>', 'images for one update (default: 20)', number)
    .option('--learning-rate <rate>', 'step size of the optimizer (default: 0.001)', number)
    .option('--noise <factor>', 'standard deviation of the noise on the input, 1 = full brightness', number)
    .option('--shuffle', 'a new order each epoch')
    .option('--limit <items>', 'take the first so many training images', number)
    .option('--name <text>', 'what to call the run; its name is good wherever its id is (default: none)')
    .option('--resume [run|checkpoint]', 'go on with a run where it was interrupted (default: the newest)');
  addImageFlags(addArrayFlags(command.optionsGroup('Data and network:')))
    .option('--test-data <file|folder>', 'test images')
    .option('--target <file|folder>', 'what to make of each image, e.g. the clean one of a noisy one (default: itself)')
    .option('--test-target <file|folder>', 'the same for the test images')
    .option('--epoch-items <count>', 'from stdin: how many images are an epoch (default: all that come)', number)
    .option('--hold-out <fraction>', 'set a share of the training images aside to test with, between 0 and 1', number)
    .option('--weights <file>', 'begin with the weights of a safetensors file')
    .option('--seed <number>', 'decides initial weights, order and noise (default: 1)', number)
    .option('--initial <name>', `how weights are drawn: ${INITIALS.join(', ')} (default: by the network)`)
    .option('--offline', 'never touch the network')
    .optionsGroup('Learning (docs/TRAINING.md):')
    .option('--schedule <name>', `what becomes of the learning rate: ${SCHEDULES.join(', ')} (default: constant)`)
    .option(
      '--schedule-steps <steps>',
      'cosine, one-cycle: updates that it takes (default: all that are planned)',
      number,
    )
    .option('--schedule-factor <factor>', 'step, plateau: what the rate is multiplied by (default: 0.1)', number)
    .option(
      '--schedule-epochs <epochs>',
      'step: epochs in between; plateau: without a lower loss (default: 10)',
      number,
    )
    .option(
      '--learning-rate-warm-up <steps>',
      'updates over which the learning rate rises at first (default: 0)',
      number,
    )
    .option(
      '--loss <name|sum>',
      `what is made small: ${LOSSES.join(', ')}, or a sum such as mse+0.2*ssim (default: mse)`,
    )
    .option('--huber-delta <distance>', 'huber: where it begins to grow straight (default: 1)', number)
    .option('--optimizer <name>', `how weights learn from gradients: ${OPTIMIZERS.join(', ')} (default: adam)`)
    .option('--momentum <share>', 'sgd, rmsprop: how much of the last step is kept (default: 0)', number)
    .option('--nesterov', 'sgd: look ahead by the momentum')
    .option('--beta1 <share>', 'adam, adamw: how much of the mean gradient is kept (default: 0.9)', number)
    .option('--beta2 <share>', 'adam, adamw: how much of the mean squared gradient is kept (default: 0.999)', number)
    .option('--smoothing <share>', 'rmsprop: how much of the mean squared gradient is kept (default: 0.99)', number)
    .option('--epsilon <number>', 'adam, adamw, rmsprop: added to what a step is divided by (default: 1e-8)', number)
    .option('--weight-decay <rate>', 'how strongly weights are drawn to zero (default: 0; adamw: 0.01)', number)
    .option('--clip-norm <norm>', 'scale gradients down to at most this norm (default: never)', number)
    .optionsGroup('When it ends:')
    .option('--patience <epochs>', 'stop after so many epochs without a lower test loss (default: never)', number)
    .option('--min-change <loss>', 'patience: by how much the loss has to be lower (default: 0)', number)
    .option('--warm-up <epochs>', 'patience: epochs at the beginning that do not count (default: 0)', number)
    .option(
      '--on-nan <what>',
      'a loss that is not a number (NaN): stop, or rollback to the last checkpoint (default: stop)',
    )
    .optionsGroup('What is kept:')
    .option('--config <run|file.json>', 'take the options of an earlier run or of a file; flags given beside it win')
    .option('--output <folder>', 'the run folder (default: runs/<run id>)')
    .option('--no-output', 'keep nothing')
    .option('--events <file|->', 'a further copy of the event stream, - for stdout')
    .option('--loss-every <steps>', 'steps between loss events (default: 1)', number)
    .option('--sample-every <steps>', 'steps between reconstructions (default: a 180th of the run, 1 to 500)', number)
    .option('--checkpoint-every <steps>', 'steps between checkpoints in the run folder (default: an epoch)', number)
    .option('--keep <count>', 'how many of them stay: the last ones, and the best (default: 3)', number)
    .optionsGroup('What computes it:')
    .option('--engine <name>', `what does the arithmetic: ${ENGINES.join(', ')} (default: simd where it runs)`)
    .option('--backend <name>', `tfjs: ${BACKENDS.join(', ')} (default: the best that loads)`)
    .option('--threads <count>', 'simd: threads, at most 4; results do not depend on it (default: the cores)', number)
    .option('--relaxed', 'simd: fused multiply-adds, faster, other bits on other machines')
    .optionsGroup('What is shown, and steered:')
    .addOption(new Option('--ui <kind>', 'what to show').choices(UI_OPTIONS).default('auto'))
    .option('--glyphs <kind>', 'what curves are made of: auto, braille, block, ascii (default: auto)')
    .option('--compare <run|file.json|none>', 'draw an earlier run behind the loss, or losses an epoch (see below)')
    .option(
      '--commands <file|fifo>',
      'take commands (pause, resume, learningRate, save, stop …) from there, one a line',
    )
    .option('--keep-running', 'go on when the terminal is gone (SIGHUP), without a dashboard')
    .option('--close-at-end', 'close the dashboard and --serve when the run ends (default: they stay until q, Ctrl-C)');
  addSinkFlags(addPublishFlags(command.optionsGroup('Where events go (docs/SINKS.md):'))).addHelpText(
    'after',
    EXAMPLES,
  );
  const outputs = new Set<string>();
  command.on('option:output', () => outputs.add('--output'));
  command.on('option:no-output', () => outputs.add('--no-output'));
  command.action(async (flags: TrainFlags) => {
    if (outputs.size > 1) throw new OptionError('output', 'both', 'one of --output and --no-output', 'Leave one out.');
    const { ui, events, compare, glyphs: glyphsName, commands, output, config, ...others } = flags;
    const sinks = sinkFlagsOf(flags);
    const { keepRunning = false, closeAtEnd = false, cache: _, ...further } = others;
    const { serve: _serve, serveOrigin: _origins, nats: _nats, ...unpublished } = further;
    const { tensorboard: _tensorboard, csv: _csv, png: _png, onEnd: _onEnd, ...rest } = unpublished;
    const publish = publishFlagsOf(flags);
    const glyphs = glyphsOf(glyphsName);
    if (commands === '-' || commands === '')
      throw new OptionError('commands', commands, 'a file or a fifo', 'Make a fifo for what another program writes.');
    const given: RunInput = {
      ...rest,
      ...imageOptionsOf(flags),
      ...(output === false ? { output } : typeof output === 'string' && { output }),
    };
    const input = config === undefined ? given : await withConfig(config, given);
    // The thread first: it loads what the run needs while the flags are being checked here, and Ink is loaded.
    const worker = context.startWorker({ hasStdin: input.data === '-' });
    try {
      const { resolveConfig } = await import('../../run/config.js');
      const { architecture } = resolveConfig(input);
      const network = input.resume === undefined ? architecture : input.architecture;
      const compared = compare === undefined ? undefined : await openComparison(compare, network);
      const { trainAction } = await import('./trainAction.js');
      const shown = { ui, glyphs, compared, commands, keepRunning, closeAtEnd };
      const options = { context, worker, ...shown, events, publish, sinks };
      done(await trainAction(input, options));
    } finally {
      await worker.terminate();
    }
  });
}

/** @throws OptionError, RunError as `readRunConfig` does */
async function withConfig(config: string, given: RunInput): Promise<RunInput> {
  if (config === '') throw new OptionError('config', config, 'a run or a JSON file');
  if (given.resume !== undefined)
    throw new OptionError('config', config, 'nothing with resume', 'The options are those of the run: leave it out.');
  const { readRepeatable } = await import('../../run/readRunConfig.js');
  const { options, ownParts } = await readRepeatable(config, given);
  if (ownParts.length > 0)
    throw new RunError({
      code: 'RUN_CONFIG',
      path: config,
      problem: `this run has ${ownParts.join('; ')} of its own, which a command line cannot give`,
      advice: 'Repeat it from its program: run(await readRunConfig(…), { … }).',
    });
  return options;
}

/** @param architecture a preset has losses of its own in some files */
async function openComparison(path: string, architecture: RunInput['architecture']) {
  const { readComparison } = await import('../comparison/readComparison.js');
  const { isArchitectureFile } = await import('../../run/config.js');
  const isPreset = typeof architecture === 'string' && !isArchitectureFile(architecture);
  return { comparison: await readComparison(path, isPreset ? architecture : undefined), path };
}
