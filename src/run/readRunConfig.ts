// The options of an earlier run, or of a file, for a new run.
import { stat } from 'node:fs/promises';
import { takenOptions } from '../data/node/takenOptions.js';
import { MillraceError, RunError } from '../errors.js';
import type { RunEvent } from '../events/schema.js';
import { isEngineName } from '../model/engine.js';
import { parseLoss } from '../model/losses/lossSum.js';
import { engineOf } from '../model/node/createEngine.js';
import { OWN_OPTIMIZER_OPTIONS } from '../model/optimizers/optimizerOptions.js';
import { isPresetName } from '../model/presets/presets.js';
import { checkOptions, OPTION_NAMES, type RunInput } from './config.js';
import { eventFileOf } from './folder/findRun.js';
import { lastRunEvent } from './folder/runEvents.js';
import { readOptionsFile } from './optionsFile.js';
import { completed } from './storedConfig.js';

/** Of that run alone: where it was kept, what it went on from. */
const NOT_REPEATED: ReadonlySet<string> = new Set(['output', 'resume']);
/** A name stands for one run; in a file it is there for the next. */
const NOT_REPEATED_OF_RUN: ReadonlySet<string> = new Set([...NOT_REPEATED, 'name']);

/**
 * The options of an earlier run, or of a file, with which a new run trains the same way.
 *
 * The network of an earlier run is the one that it had, also where its file has changed or is gone; a preset stays a preset.
 * Where that run was kept, what it was called and what it went on from is left out. Paths of data are as they were given then.
 * Data, stages and an engine of one's own are values: they are left out, too, and given to `run` again.
 *
 * @param path a run (its folder, event file, id or name), or a JSON file: an object of options in camelCase
 * @param given options that win; what does not go with them is left out, such as the backend of another engine. @default none
 * @throws RunError `RUN_NOT_FOUND`; `RUN_CONFIG` where it cannot be read, is no such thing, or has an option that is unknown or
 *   out of range
 * @throws OptionError for a given option out of range
 * @example
 * const config = await readRunConfig(`${place}/baseline`, { learningRate: 0.002, name: 'faster' });
 * console.log(config.epochs, config.learningRate, config.name); // 1 0.002 faster
 */
export async function readRunConfig(path: string, given: RunInput = {}): Promise<RunInput> {
  return (await readRepeatable(path, given)).options;
}

/** Options, and what a run had beside them that no option can name. */
export interface RepeatableRun {
  readonly options: RunInput;
  /** Parts of the user's own that none of the options is in the place of, e.g. `stages randomShift`. */
  readonly ownParts: readonly string[];
}

/** The same, and what is missing without a program. */
export async function readRepeatable(path: string, given: RunInput): Promise<RepeatableRun> {
  checkOptions(given);
  const isFile = path.endsWith('.json') && !(await isFolder(path));
  const { options, ownParts } = isFile
    ? { options: without(await readOptionsFile(path), NOT_REPEATED), ownParts: [] }
    : await optionsOfRun(path, given);
  requireOptions(options, path);
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as RunInput;
  const left = new Set([...displaced(options, wanted), ...(await displacedByData(wanted))]);
  return { options: { ...without(options, left), ...wanted }, ownParts };
}

async function optionsOfRun(path: string, given: RunInput): Promise<RepeatableRun> {
  const { config, dataset, architecture } = await lastRunEvent(await eventFileOf(path));
  if (config === undefined)
    throw new RunError({
      code: 'RUN_CONFIG',
      path,
      problem: 'this run does not say its options',
      advice: 'Name another run, or a JSON file of options.',
    });
  const options = repeatable({ config, dataset });
  const isPreset = typeof config.architecture === 'string' && isPresetName(config.architecture);
  const ownParts = ownPartsOf(config, given);
  // An engine of the user's own may have a network of its own, without layers.
  const isNamed = architecture !== undefined && architecture.encoder.length + architecture.decoder.length > 0;
  return { options: isPreset || !isNamed ? options : { ...options, architecture }, ownParts };
}

type Config = NonNullable<RunEvent['config']>;

/** Of the user's own is what is given, not named. */
function repeatable({ config, dataset }: Pick<RunEvent, 'dataset'> & { readonly config: Config }): RunInput {
  const left = new Set([
    ...NOT_REPEATED_OF_RUN,
    ...(isNamedEngine(config.engine) ? [] : ['engine', 'backend', 'threads', 'relaxed', 'loss', 'initial']),
    ...(config.ownData === true ? ['data'] : []),
    // A source has them of itself.
    ...(config.ownData === true && dataset.source === 'program' ? ['batchSize', 'shuffle', 'limit', 'holdOut'] : []),
  ]);
  return Object.fromEntries(
    Object.entries(completed(config)).filter(([name]) => OPTION_NAMES.includes(name) && !left.has(name)),
  );
}

function ownPartsOf(config: Config, given: RunInput): readonly string[] {
  const names = (part: 'stages' | 'prepare') => {
    const list = config[part];
    return Array.isArray(list) && list.length > 0 ? [`${part} ${list.join(', ')}`] : [];
  };
  const isEngineGiven = given.engine !== undefined || given.backend !== undefined;
  return [
    ...(config.ownData === true && given.data === undefined ? [`data ${config.data}`] : []),
    ...names('stages'),
    ...names('prepare'),
    ...(config.engine === undefined || isNamedEngine(config.engine) || isEngineGiven
      ? []
      : [`engine ${config.engine}`]),
  ];
}

function isNamedEngine(value: unknown): boolean {
  return typeof value === 'string' && isEngineName(value);
}

function requireOptions(options: RunInput, path: string): void {
  try {
    checkOptions(options);
  } catch (cause) {
    if (!(cause instanceof MillraceError)) throw cause;
    const { problem, expected, actual, advice } = cause;
    throw new RunError({
      code: 'RUN_CONFIG',
      path,
      ...(problem !== undefined && { problem }),
      ...(expected !== undefined && { expected }),
      ...(actual !== undefined && { actual }),
      advice,
      cause,
    });
  }
}

/** What was there for others than these. */
function displaced(options: RunInput, given: RunInput): ReadonlySet<string> {
  return new Set([
    ...(isOtherEngine(options, given) ? ['engine', 'backend', 'threads', 'relaxed'] : []),
    ...(given.schedule === undefined || given.schedule === options.schedule
      ? []
      : ['scheduleSteps', 'scheduleFactor', 'scheduleEpochs']),
    ...(isOtherPlan(given) ? ['scheduleSteps'] : []),
    ...(given.weights === undefined ? [] : ['initial']),
    ...(given.initial === undefined ? [] : ['weights', 'rename']),
    ...(given.loss === undefined || parseLoss(given.loss).some(({ name }) => name === 'huber') ? [] : ['huberDelta']),
    ...(isOtherOptimizer(options, given) ? OWN_OPTIMIZER_OPTIONS : []),
    ...(given.data === undefined && given.holdOut === undefined ? [] : ['testData', 'testTarget']),
    ...(given.data === undefined ? [] : ['layout', 'shape', 'transpose', 'epochItems', 'target']),
    ...(given.testData === undefined ? [] : ['holdOut']),
    // A stream passes once.
    ...(given.data === '-' ? [...(given.epochItems === undefined ? ['epochs'] : []), 'holdOut'] : []),
    ...(given.output === false ? ['checkpointEvery', 'keep', 'onNan'] : []),
  ]);
}

const PHOTO_SIZES = ['resize', 'fit', 'channels'] as const;

/** Other photos come to the size of the run's, which its network has; other data have one already. */
async function displacedByData({ data, resize }: RunInput): Promise<readonly string[]> {
  if (data === undefined) return [];
  const taken: readonly string[] = data === '-' || data === 'mnist' ? [] : await takenOptions(data);
  return PHOTO_SIZES.filter((option) => !taken.includes(option) || (option === 'fit' && resize !== undefined));
}

/** Other numbers of updates are planned then. */
function isOtherPlan({ epochs, batchSize, limit, data, holdOut, epochItems }: RunInput): boolean {
  return [epochs, batchSize, limit, data, holdOut, epochItems].some((value) => value !== undefined);
}

function isOtherOptimizer({ optimizer = 'adam' }: RunInput, given: RunInput): boolean {
  return given.optimizer !== undefined && given.optimizer !== optimizer;
}

function isOtherEngine(options: RunInput, given: RunInput): boolean {
  const forSimd = given.threads !== undefined || given.relaxed === true;
  if (given.engine === undefined && given.backend === undefined && !forSimd) return false;
  return engineOf(given) !== engineOf(options);
}

function without(options: RunInput, left: ReadonlySet<string>): RunInput {
  return Object.fromEntries(Object.entries(options).filter(([option]) => !left.has(option)));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
