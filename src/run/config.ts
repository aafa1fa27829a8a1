// Everything that decides a run. The command line's flags are these keys in kebab case.
import * as z from 'zod';
import { type ArrangeOptions, checkArrangeOptions, LAYOUTS, type Layout } from '../data/array/imageLayout.js';
import type { ImageShape } from '../data/batch.js';
import { isChannelsFirst } from '../data/channelsFirst.js';
import { checkImageOptions, FITS, type ImageOptions } from '../data/encodedImages/imageOptions.js';
import { OptionError } from '../errors.js';
import type { Architecture } from '../model/architecture.js';
import { BACKENDS, type Backend, ENGINES, type EngineName } from '../model/engine.js';
import { INITIALS, type InitialName } from '../model/initialWeights.js';
import { chooseLoss, HUBER_DELTA, type LossOptions } from '../model/losses/lossOptions.js';
import { type LossText, lossText, parseLoss } from '../model/losses/lossSum.js';
import { requireFitting, requireInitial } from '../model/node/createEngine.js';
import { chooseOptimizer, OPTIMIZER_CHECKS, type OptimizerOptions } from '../model/optimizers/optimizerOptions.js';
import { OPTIMIZERS } from '../model/optimizers/optimizers.js';
import { isPresetName, PRESETS } from '../model/presets/presets.js';
import { unknownOption, wrongChoice } from '../options.js';
import { didYouMean } from '../text/didYouMean.js';
import { nonEmptyText } from '../text/nonEmptyText.js';
import { SCHEDULES, type ScheduleName } from '../training/schedules/schedules.js';
import { isRunName, RUN_NAME } from './runName.js';

const whole = (least: number, expected: string) =>
  z.number({ error: expected }).int({ error: expected }).min(least, { error: expected });
const SIZE = 'a height and a width, such as 64x64';
const SHAPE = 'a shape such as 28x28 or 32x32x3';
const seedRange = 'a whole number from 0 to 4294967295';

/** What a user may say. Every default is the notebook's. */
export interface RunInput extends LossOptions, OptimizerOptions {
  /**
   * What people call the run: shown in lists and headers, and good wherever its id is; of runs of one name the newest is meant.
   * 1 to 60 printable characters, a letter or digit first, without slashes. @default none
   */
  readonly name?: string;
  /**
   * `mnist`, a path (a file of images in any format, a folder with the four standard files, a folder or a tar archive of images, raw frames: see
   * `shape`), or `-` for stdin. @default 'mnist'
   */
  readonly data?: string;
  /**
   * `[height, width, channels]` of an image in data that do not say it: raw frames (bytes 0..255 without a header, one image behind the
   * other, channels last), or images that are rows of values. @default what the data say of themselves; of a CSV file a square
   */
  readonly shape?: ImageShape;
  /** Images of an epoch of data from stdin, which may never end; then `epochs` may be more than 1. @default all of them are one epoch */
  readonly epochItems?: number;
  /** A path, in place of the test set that comes with the data. */
  readonly testData?: string;
  /**
   * What the network is to make of each image, such as the clean one of a noisy one: a file or a folder with as many images of the same
   * shape in the same order, in folders of images by name. Not with data from stdin. @default the image itself
   */
  readonly target?: string;
  /** The same for the test images. @default the test set that comes with `target` */
  readonly testTarget?: string;
  /**
   * A share of the training images, between 0 and 1, that is set aside to test with, chosen by the seed: it takes the place of the test set that comes
   * with the data. Not with data from stdin, `testData`, or a source or a test set of your own. @default none
   */
  readonly holdOut?: number;
  /** `[height, width]` that every image of a folder or an archive gets. @default they have one size already */
  readonly resize?: ImageOptions['resize'];
  /** How images of other proportions get there: `cover` cuts off, `contain` adds black, `fill` distorts. @default 'cover' */
  readonly fit?: ImageOptions['fit'];
  /** Channels of the images of a folder or an archive: 1 (grey) or 3. @default 3 where an image has colours, otherwise 1 */
  readonly channels?: ImageOptions['channels'];
  /** Whether images of a folder or an archive are decoded once and kept in the cache. @default true */
  readonly cache?: boolean;
  /** Order of the dimensions of an image in an array: `hwc` (channels last) or `chw` (first). @default told by the shape */
  readonly layout?: Layout;
  /** Exchanges rows and columns of all images, which those of EMNIST need. @default false */
  readonly transpose?: boolean;
  /**
   * A preset's name, a path that ends in .json (an architecture, or a model of Keras or TensorFlow.js, with its weights), or an
   * architecture as a value. @default 'transpose'
   */
  readonly architecture?: string | Architecture | Readonly<Record<string, unknown>>;
  /** A safetensors file whose weights the run begins with. @default seeded weights */
  readonly weights?: string;
  /** Takes weights with other names by their shapes and order, as other programs save them; only with `weights`. @default false */
  readonly rename?: boolean;
  /**
   * How the weights to begin with are drawn: `he`, or `glorot` as before there was a choice; not with `weights`.
   * @default 'he' where latent channels may die (docs/TRAINING.md), 'glorot' elsewhere
   */
  readonly initial?: InitialName;
  /** Standard deviation of the noise on the input, 1 = full brightness. @default 0, 0.5 for the preset denoise without `target` */
  readonly noise?: number;
  /** @default 'simd'; 'tfjs' where that cannot run, or where a backend is given */
  readonly engine?: EngineName;
  /** tfjs only. @default the best that loads */
  readonly backend?: Backend;
  /** simd only; more than 4 are 4. @default the cores there are, or a container's share of them */
  readonly threads?: number;
  /** simd only: fused multiply-adds, whose bits differ between machines. @default false */
  readonly relaxed?: boolean;
  /** At most; a stream may end before. @default 30; from stdin 1, with `epochItems` 30 */
  readonly epochs?: number;
  /** Images for one update, 1 to 4096. @default 20 */
  readonly batchSize?: number;
  /** Step size of the optimizer: with a schedule the one that it begins with, with `one-cycle` the highest. @default 0.001 */
  readonly learningRate?: number;
  /**
   * What becomes of the learning rate: `constant`; `step` (a tenth, every ten epochs), `cosine` (down to nearly nothing over the run), `one-cycle` (up, and then
   * down), `plateau` (a tenth, after ten epochs without a lower test loss; without test data: training loss). A command that changes it wins from there on.
   * @default 'constant'
   */
  readonly schedule?: ScheduleName;
  /** cosine, one-cycle: updates that it takes. @default all that are planned */
  readonly scheduleSteps?: number;
  /** step, plateau: what the rate is multiplied by, between 0 and 1. @default 0.1 */
  readonly scheduleFactor?: number;
  /** step: epochs from one time to the next; plateau: epochs without a lower loss that are waited for. @default 10 */
  readonly scheduleEpochs?: number;
  /** Updates at the beginning over which the learning rate rises evenly, with any schedule. @default 0 */
  readonly learningRateWarmUp?: number;
  /** Decides initial weights, order, noise and what is held out; 32 bits. @default 1 */
  readonly seed?: number;
  /** A new order each epoch. @default false */
  readonly shuffle?: boolean;
  /** The first so many training images; the test set stays complete. @default all */
  readonly limit?: number;
  /** The folder of this run itself, new or empty; `false` keeps nothing. @default runs/<run id> */
  readonly output?: string | false;
  /** Steps between `loss` events. @default 1 */
  readonly lossEvery?: number;
  /** Steps between `sample` events. @default a 180th of the planned steps, 1 to 500 */
  readonly sampleEvery?: number;
  /** Steps between checkpoints in the run folder; there is one at the end in any case. @default an epoch */
  readonly checkpointEvery?: number;
  /** How many of these checkpoints stay: so many of the last (two at least), and the best. @default 3 */
  readonly keep?: number;
  /**
   * Goes on with a run in its folder: a run folder, one of its checkpoints, the id of a run kept under `runs/`, or `true` for
   * the newest of these. Other options are then those of that run; given ones must not contradict it. @default a new run
   */
  readonly resume?: string | true;
  /** The run ends after so many epochs in a row without a lower test loss (without test data: training loss). @default never */
  readonly patience?: number;
  /** By how much a loss has to be lower to count for `patience`. @default 0 */
  readonly minChange?: number;
  /** Epochs at the beginning that do not count for `patience`. @default 0 */
  readonly warmUp?: number;
  /**
   * What to do when the loss is not a finite number any more: `stop`, or go back to the last checkpoint with half the learning
   * rate, three times at most. @default 'stop'
   */
  readonly onNan?: (typeof ON_NAN)[number];
  /** Whether to leave the network alone. @default false */
  readonly offline?: boolean;
}

export const ON_NAN = ['stop', 'rollback'] as const;

/** Checked by the optimizers' own table. */
function optimizerOption<Name extends keyof typeof OPTIMIZER_CHECKS>(name: Name) {
  const { isValid, expected } = OPTIMIZER_CHECKS[name];
  return z.custom<NonNullable<OptimizerOptions[Name]>>(isValid, { error: expected }).optional();
}

const configSchema = z.strictObject({
  name: z.string({ error: RUN_NAME }).refine(isRunName, { error: RUN_NAME }).optional(),
  data: nonEmptyText('mnist, a file, a folder or -').default('mnist'),
  epochItems: whole(1, 'a whole number, 1 or more').optional(),
  testData: nonEmptyText('a file or a folder').optional(),
  target: nonEmptyText('a file or a folder').optional(),
  testTarget: nonEmptyText('a file or a folder').optional(),
  holdOut: z
    .number({ error: 'a number between 0 and 1' })
    .gt(0, { error: 'a number between 0 and 1' })
    .lt(1, { error: 'a number between 0 and 1' })
    .optional(),
  resize: z
    .tuple([z.number({ error: SIZE }), z.number({ error: SIZE })], { error: SIZE })
    .readonly()
    .optional(),
  fit: z.enum(FITS, { error: `one of ${FITS.join(', ')}` }).optional(),
  channels: z.union([z.literal(1), z.literal(3)], { error: '1 or 3' }).optional(),
  cache: z.boolean({ error: 'true or false' }).optional(),
  layout: z.enum(LAYOUTS, { error: `one of ${LAYOUTS.join(', ')}` }).optional(),
  shape: z
    .tuple([z.number({ error: SHAPE }), z.number({ error: SHAPE }), z.number({ error: SHAPE })], { error: SHAPE })
    .readonly()
    .optional(),
  transpose: z.boolean({ error: 'true or false' }).optional(),
  architecture: z
    .union([nonEmptyText(), z.record(z.string(), z.unknown())], { error: 'a preset or a path that ends in .json' })
    .default('transpose'),
  weights: nonEmptyText('a safetensors file').optional(),
  rename: z.boolean({ error: 'true or false' }).optional(),
  initial: z.enum(INITIALS, { error: `one of ${INITIALS.join(', ')}` }).optional(),
  noise: z
    .number({ error: 'a number from 0 to 10' })
    .min(0, { error: 'a number from 0 to 10' })
    .max(10, { error: 'a number from 0 to 10' })
    .optional(),
  engine: z.enum(ENGINES, { error: `one of ${ENGINES.join(', ')}` }).optional(),
  backend: z.enum(BACKENDS, { error: `one of ${BACKENDS.join(', ')}` }).optional(),
  threads: whole(1, 'a whole number, 1 or more').optional(),
  relaxed: z.boolean({ error: 'true or false' }).default(false),
  epochs: whole(1, 'a whole number, 1 or more').optional(),
  batchSize: whole(1, 'a whole number from 1 to 4096')
    .max(4096, { error: 'a whole number from 1 to 4096' })
    .default(20),
  learningRate: z
    .number({ error: 'a finite number above 0' })
    .gt(0, { error: 'a finite number above 0' })
    .lt(Number.POSITIVE_INFINITY, { error: 'a finite number above 0' })
    .default(0.001),
  schedule: z.enum(SCHEDULES, { error: `one of ${SCHEDULES.join(', ')}` }).default('constant'),
  scheduleSteps: whole(1, 'a whole number, 1 or more').optional(),
  scheduleFactor: z
    .number({ error: 'a number between 0 and 1' })
    .gt(0, { error: 'a number between 0 and 1' })
    .lt(1, { error: 'a number between 0 and 1' })
    .optional(),
  scheduleEpochs: whole(1, 'a whole number, 1 or more').optional(),
  learningRateWarmUp: whole(0, 'a whole number, 0 or more').default(0),
  /** Whether it is one, `checkOptions` asks. */
  loss: z.custom<LossText>().default('mse'),
  huberDelta: z.custom<number>(HUBER_DELTA.isValid, { error: HUBER_DELTA.expected }).optional(),
  optimizer: z.enum(OPTIMIZERS, { error: `one of ${OPTIMIZERS.join(', ')}` }).default('adam'),
  beta1: optimizerOption('beta1'),
  beta2: optimizerOption('beta2'),
  epsilon: optimizerOption('epsilon'),
  momentum: optimizerOption('momentum'),
  nesterov: optimizerOption('nesterov'),
  smoothing: optimizerOption('smoothing'),
  weightDecay: optimizerOption('weightDecay'),
  clipNorm: optimizerOption('clipNorm'),
  seed: whole(0, seedRange).max(0xffffffff, { error: seedRange }).default(1),
  shuffle: z.boolean({ error: 'true or false' }).default(false),
  limit: whole(1, 'a whole number, 1 or more').optional(),
  output: z.union([nonEmptyText(), z.literal(false)], { error: 'a folder' }).optional(),
  lossEvery: whole(1, 'a whole number, 1 or more').default(1),
  sampleEvery: whole(1, 'a whole number, 1 or more').optional(),
  checkpointEvery: whole(1, 'a whole number, 1 or more').optional(),
  keep: whole(1, 'a whole number, 1 or more').default(3),
  resume: z.union([nonEmptyText(), z.literal(true)], { error: 'a run folder or a checkpoint' }).optional(),
  patience: whole(1, 'a whole number, 1 or more').optional(),
  minChange: z
    .number({ error: 'a number, 0 or more' })
    .min(0, { error: 'a number, 0 or more' })
    .lt(Number.POSITIVE_INFINITY, { error: 'a number, 0 or more' })
    .default(0),
  warmUp: whole(0, 'a whole number, 0 or more').default(0),
  onNan: z.enum(ON_NAN, { error: `one of ${ON_NAN.join(', ')}` }).default('stop'),
  offline: z.boolean({ error: 'true or false' }).default(false),
});

/** Every option with its value. */
export type RunConfig = Omit<z.output<typeof configSchema>, 'noise' | 'epochs' | 'resume'> & {
  readonly noise: number;
  readonly epochs: number;
};

/** The notebook's. */
const EPOCHS = 30;
/** Of the notebook's outlook on denoising. */
const DENOISE_FACTOR = 0.5;

/**
 * Checks options and fills in the defaults, which are the notebook's.
 * @throws OptionError for the first option that is unknown, out of range or does not go with another
 *
 * @example
 * const { architecture, epochs, batchSize } = resolveConfig({ epochs: 2 });
 * console.log(architecture, epochs, batchSize); // transpose 2 20
 */
export function resolveConfig(input: RunInput): RunConfig {
  const options = checkOptions(input);
  requireFitting(options);
  requireInitial(options);
  requireRename(input);
  chooseLoss(options);
  chooseOptimizer(options);
  requireTogether(input);
  requireOfSchedule(options);
  requireOneTestSet(input);
  requirePairs(input);
  requireStreamOptions(input);
  requireShape(input);
  const isDenoising = options.architecture === 'denoise' && options.target === undefined;
  const { noise = isDenoising ? DENOISE_FACTOR : 0, resume: _, ...config } = options;
  const passesOnce = config.data === '-' && config.epochItems === undefined;
  const { epochs = passesOnce ? 1 : EPOCHS } = config;
  if (passesOnce && epochs > 1)
    throw new OptionError(
      'epochs',
      epochs,
      '1 with data from stdin',
      'A stream passes once: say with epochItems how many of its images are an epoch, or save it to a file first.',
    );
  return { ...config, noise, epochs };
}

/** Names of all options. */
export const OPTION_NAMES: readonly string[] = Object.keys(configSchema.shape);

/**
 * Looks at each option by itself, and not at whether they go together.
 * @throws OptionError for the first option that is unknown or out of range
 */
export function checkOptions(input: RunInput): z.output<typeof configSchema> {
  const result = configSchema.safeParse(input);
  if (!result.success) throw optionError(result.error, input);
  checkImageOptions(result.data as ImageOptions);
  checkArrangeOptions(result.data as ArrangeOptions);
  requirePreset(result.data.architecture);
  return { ...result.data, loss: lossText(parseLoss(result.data.loss)) };
}

/** Options that only make sense with others, or without them. */
function requireTogether(input: RunInput): void {
  const { resume, output, patience } = input;
  if (resume !== undefined) {
    requireResumable(input);
    return;
  }
  for (const option of ['checkpointEvery', 'keep'] as const)
    if (output === false && input[option] !== undefined)
      throw new OptionError(option, input[option], 'a run folder', 'Nothing is kept of this run: leave it out.');
  if (output === false && input.onNan === 'rollback')
    throw new OptionError('onNan', 'rollback', 'a run folder', 'Without checkpoints there is nothing to go back to.');
  for (const option of ['minChange', 'warmUp'] as const)
    if (patience === undefined && (input[option] ?? 0) > 0)
      throw new OptionError(option, input[option], 'nothing without patience', 'Give patience, too.');
}

/** Which schedules take which options. */
const OF_SCHEDULES = {
  scheduleSteps: ['cosine', 'one-cycle'],
  scheduleFactor: ['step', 'plateau'],
  scheduleEpochs: ['step', 'plateau'],
} as const satisfies Record<string, readonly ScheduleName[]>;

function requireOfSchedule(options: z.output<typeof configSchema>): void {
  const { schedule } = options;
  for (const [option, takers] of Object.entries(OF_SCHEDULES)) {
    const value = options[option as keyof typeof OF_SCHEDULES];
    if (value === undefined || (takers as readonly ScheduleName[]).includes(schedule)) continue;
    const advice = `Leave it out, or take the schedule ${takers.join(' or ')}.`;
    throw new OptionError(option, value, `nothing with the schedule ${schedule}`, advice);
  }
}

function requirePairs({ data, target, testTarget, holdOut }: RunInput): void {
  for (const [option, value] of Object.entries({ target, testTarget }))
    if (data === '-' && value !== undefined)
      throw new OptionError(
        option,
        value,
        'nothing with data from stdin',
        'Pairs come from files: save the data to one first.',
      );
  if (holdOut !== undefined && testTarget !== undefined)
    throw new OptionError(
      'testTarget',
      testTarget,
      'nothing with holdOut',
      'Held-out images bring their targets along.',
    );
}

function requireOneTestSet({ data, testData, holdOut }: RunInput): void {
  if (holdOut === undefined) return;
  if (testData !== undefined)
    throw new OptionError('holdOut', holdOut, 'nothing with testData', 'Leave one of the two out.');
  if (data === '-')
    throw new OptionError(
      'holdOut',
      holdOut,
      'a file or a folder',
      'A stream passes once; give it testData, or save it to a file first.',
    );
}

function requireRename({ rename, weights }: RunInput): void {
  if (rename === undefined || weights !== undefined) return;
  throw new OptionError('rename', rename, 'nothing but with weights', 'It is for weights that others have named.');
}

function requireStreamOptions({ data, epochItems, resume }: RunInput): void {
  if (epochItems === undefined || data === '-' || resume !== undefined) return;
  throw new OptionError(
    'epochItems',
    epochItems,
    'nothing but with data from stdin',
    'An epoch of files is all of their images; limit takes fewer.',
  );
}

function requireShape({ data = 'mnist', shape, resume }: RunInput): void {
  if (shape === undefined) return;
  if (data === 'mnist' && resume === undefined)
    throw new OptionError('shape', shape.join('×'), 'nothing with mnist', 'It is for raw frames: leave it out.');
  const [channels, height, width] = shape;
  if (isChannelsFirst(shape))
    throw new OptionError(
      'shape',
      shape.join('×'),
      'height × width × channels',
      `The channels come last: ${height}x${width}x${channels}.`,
    );
}

function requireResumable(input: RunInput): void {
  for (const [option, reason] of NOT_WITH_RESUME)
    if (input[option] !== undefined)
      throw new OptionError(option, input[option], 'nothing with resume', `${reason}: leave it out.`);
  if (input.data === '-')
    throw new OptionError('data', '-', 'files with resume', 'A stream passes once and cannot be resumed.');
}

const NOT_WITH_RESUME = [
  ['output', 'The run goes on in its folder'],
  ['weights', 'The weights are those of the checkpoint'],
  ['name', 'The run keeps its name'],
] as const;

/** Anything that is not plainly a file's name is taken for a preset, so that a misspelt one is found without opening a file. */
export function isArchitectureFile(architecture: string): boolean {
  return architecture.endsWith('.json') || /[\\/]/.test(architecture);
}

function requirePreset(architecture: RunConfig['architecture']): void {
  if (typeof architecture !== 'string' || isArchitectureFile(architecture) || isPresetName(architecture)) return;
  const advice = didYouMean(architecture, PRESETS, 'A file of your own ends in .json.');
  throw new OptionError('architecture', architecture, `one of ${PRESETS.join(', ')}, or a .json file`, advice);
}

function optionError(error: z.ZodError, input: object): OptionError {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') return unknownOption(issue.keys[0] ?? '', OPTION_NAMES);
  const option = String(issue?.path[0] ?? 'options');
  const value = issue?.path.length === 0 ? input : (input as Record<string, unknown>)[option];
  if (issue?.code === 'invalid_value') return wrongChoice(option, value, issue.values.map(String));
  return new OptionError(option, value, issue?.message ?? 'another value');
}
