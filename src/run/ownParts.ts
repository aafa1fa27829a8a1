// What a run is given of a user's own, in place of names: data, stages, an engine.
import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { Dataset } from '../data/dataset.js';
import type { DescribedSource } from '../data/describedSource.js';
import { OptionError } from '../errors.js';
import type { RunState } from '../model/checkpointState.js';
import type { EngineFactory } from '../model/engine.js';
import { LOSS_OPTIONS } from '../model/losses/lossOptions.js';
import { OPTIMIZER_OPTIONS } from '../model/optimizers/optimizerOptions.js';
import type { Stage } from '../streams/stage.js';
import type { RunInput } from './config.js';

/** Images to train on, and where there are some, to test with. A `DatasetPair` is one, and so is a source alone. */
export type RunData = DescribedSource | { readonly train: Dataset | DescribedSource; readonly test?: Dataset };

/** Parts of one's own: the run keeps its folder, checkpoints, resume, stats, commands and dashboard. */
export interface OwnParts {
  /**
   * A data set, two, or a source of batches. A source has the order, the batch size and the epochs that it has, and a run on it
   * cannot be resumed unless it says how to go on `from` a place.
   * @default what the configuration's `data` names
   */
  readonly data?: RunData;
  /**
   * What batches pass on their way from the source to the training, in this order, under these names in `stats`. Each gives
   * batches of the same image shape. Test images and samples do not pass them.
   * @default nothing
   */
  readonly stages?: Readonly<Record<string, Stage<Batch, Batch>>>;
  /** What batches pass after that, and test images and samples too: synchronous, one batch in and one out. @default nothing */
  readonly prepare?: Readonly<Record<string, OperatorFunction<Batch, Batch>>>;
  /** Makes the engine, e.g. what `defineEngine` returns. @default the one that the configuration names */
  readonly engine?: EngineFactory;
}

/** Stages that every run has. */
const RESERVED = ['data', 'noise', 'train'];

/** @throws OptionError where a part is none, has a name that is taken, or contradicts an option */
export function requireOwnParts(input: RunInput, parts: OwnParts): void {
  const { data, stages = {}, prepare = {}, engine } = parts;
  if (data !== undefined) requireOwnData(data, input);
  if (engine !== undefined) {
    if (typeof engine !== 'function') throw new OptionError('engine', engine, 'a function that makes an engine');
    refuseBeside('an engine of your own', input, [
      'engine',
      'backend',
      'threads',
      'relaxed',
      'initial',
      ...LOSS_OPTIONS,
      ...OPTIMIZER_OPTIONS,
    ]);
  }
  requireStages('stages', stages, RESERVED);
  requireStages('prepare', prepare, [...RESERVED, ...Object.keys(stages)]);
}

/** Their names, as a checkpoint keeps them; nothing where nothing is of the user's own. */
export function namesOf({ data, stages = {}, prepare = {} }: OwnParts, dataName: string): RunState['own'] {
  const names = { stages: Object.keys(stages), prepare: Object.keys(prepare) };
  if (data === undefined && names.stages.length + names.prepare.length === 0) return undefined;
  return { ...(data !== undefined && { data: dataName }), ...names };
}

function requireOwnData(data: RunData, input: RunInput): void {
  const { train } = Object(data) as { readonly train?: unknown };
  const images = train ?? data;
  if (!(isDataset(images) || isSource(images)))
    throw new OptionError('data', data, 'a source of batches, or { train, test }');
  const ofFiles = ['layout', 'shape', 'transpose', 'resize', 'fit', 'channels', 'cache'] as const;
  refuseBeside('data of your own', input, ['data', 'testData', 'target', 'testTarget', ...ofFiles]);
  if (isSource(images)) refuseBeside('a source of your own', input, ['batchSize', 'shuffle', 'limit', 'holdOut']);
  if (Object(data).test !== undefined) refuseBeside('a test set of your own', input, ['holdOut']);
}

export function isDataset(value: unknown): value is Dataset {
  return typeof Object(value).batches === 'function';
}

function isSource(value: unknown): value is DescribedSource {
  return typeof Object(value).open === 'function';
}

function refuseBeside(what: string, input: RunInput, options: readonly (keyof RunInput)[]): void {
  for (const option of options)
    if (input[option] !== undefined)
      throw new OptionError(option, input[option], `nothing with ${what}`, 'Leave one of the two out.');
}

function requireStages(option: string, stages: Readonly<Record<string, unknown>>, taken: readonly string[]): void {
  for (const [name, stage] of Object.entries(stages)) {
    // JavaScript would put numbers before all other names.
    if (name === '' || /^\d+$/.test(name)) throw new OptionError(option, name, 'names that are words');
    if (taken.includes(name))
      throw new OptionError(option, name, 'a name that no other stage has', 'Take another name.');
    if (typeof stage !== 'function') throw new OptionError(`${option}.${name}`, stage, 'an rxjs operator or a Stage');
  }
}
