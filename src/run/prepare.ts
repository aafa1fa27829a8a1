// Everything a run needs, opened and checked before its first event, so that a mistake costs nothing.
import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { RunError, WeightsError } from '../errors.js';
import type { Command } from '../events/commands/command.js';
import { RunClock } from '../events/runClock.js';
import type { EventBody } from '../events/schema.js';
import { createStamp, runId, type Stamp } from '../events/stamp.js';
import type { Network } from '../model/architecture.js';
import type { RunState } from '../model/checkpointState.js';
import { isRestorable, type PartialEngine } from '../model/engine.js';
import { defaultInitial } from '../model/initialWeights.js';
import { chooseLoss, requireFittingLoss } from '../model/losses/lossOptions.js';
import { isAskedFor, loadEngine, requireInitial } from '../model/node/createEngine.js';
import { addNoise } from '../streams/operators/addNoise.js';
import type { Stage } from '../streams/stage.js';
import { TrainingPosition } from '../training/trainingPosition.js';
import { Checkpoints } from './checkpoints/checkpoints.js';
import {
  requireSameData,
  requireSameDataName,
  requireSameEngine,
  requireSameNetwork,
  requireSameParts,
} from './checkpoints/requireSameRun.js';
import { restore } from './checkpoints/restore.js';
import { openResumption, type Resumption } from './checkpoints/resume.js';
import { type RunConfig, type RunInput, resolveConfig } from './config.js';
import { openTrainingData } from './data/openTrainingData.js';
import type { TrainingData } from './data/trainingData.js';
import { describeRun, insteadOfSimd, type RunBody } from './describeRun.js';
import { openRunFolder, RUNS_FOLDER, type RunFolder } from './folder/runFolder.js';
import { withPlannedSteps } from './learningRate.js';
import { notebookLosses } from './notebookLosses.js';
import { openEngine } from './openEngine.js';
import { networkFor, type OpenedNetwork, openNetwork, requireInput } from './openNetwork.js';
import { namesOf } from './ownParts.js';
import type { RunOptions } from './runOptions.js';
import { RunProgress } from './runProgress.js';
import { engineWarning, sourceWarning } from './runWarnings.js';

type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly engine: PartialEngine;
  readonly batches: TrainingData['batches'];
  readonly trainData: TrainingData['trainData'];
  /** It can go on from a place in its data. */
  readonly isResumable: boolean;
  /** What batches pass, by name. */
  readonly stages: Readonly<Record<string, Stage<Batch, Batch>>>;
  /** What test images and samples pass, too: at last the noise, where there is any. */
  readonly prepare: Readonly<Record<string, OperatorFunction<Batch, Batch>>>;
  readonly notebookLosses: readonly number[];
  /** Stands still while the training is paused. */
  readonly clock: RunClock;
  readonly stamp: Stamp;
  readonly position: TrainingPosition;
  readonly progress: RunProgress;
  readonly runBody: RunBody;
  readonly warnings: readonly WarningBody[];
  /** What a resume asks for beside going on. */
  readonly resumeCommands: readonly Command[];
  readonly folder: RunFolder | undefined;
  /** Where there is a folder for them. */
  readonly checkpoints: Checkpoints | undefined;
  /** Closes everything; may be called more than once, each time with the same result. */
  close(): Promise<void>;
}

/**
 * @throws MillraceError of whatever cannot be opened, or resumed; the signal's reason on abort
 */
export async function prepareRun(input: RunInput, options: RunOptions, signal: AbortSignal): Promise<PreparedRun> {
  if (input.resume === undefined) return prepareFrom(resolveConfig(input), input, undefined, options, signal);
  const resumption = await openResumption(input);
  try {
    return await prepareFrom(resumption.config, input, resumption, options, signal);
  } catch (error) {
    await resumption.release();
    throw error;
  }
}

async function prepareFrom(
  config: RunConfig,
  input: RunInput,
  resumption: Resumption | undefined,
  options: RunOptions,
  signal: AbortSignal,
): Promise<PreparedRun> {
  if (resumption) requireSameParts(options, resumption.run, resumption.file);
  // The engine's libraries load while the data are read and decompressed; what is wrong with them, createEngine tells. One that was
  // asked for and does not run here is found before MNIST is fetched for it.
  const loading = options.engine === undefined ? loadEngine(config) : Promise.resolve();
  loading.catch(() => undefined);
  // Small files first: a slip there is found before MNIST is fetched.
  const opened =
    resumption === undefined || input.architecture !== undefined
      ? await openNetwork(input.architecture ?? config.architecture)
      : resumption.checkpoint;
  const given = opened?.network;
  if (given !== undefined && options.engine === undefined) requireFittingLoss(chooseLoss(config), given);
  const weights =
    config.weights ?? (resumption === undefined ? (opened as OpenedNetwork | undefined)?.weights : undefined);
  requireInitial({ initial: input.initial, weights });
  if (isAskedFor(config)) await loading;
  const data = await openTrainingData(config, input, options, signal);
  try {
    const named = input.architecture ?? (options.engine === undefined ? config.architecture : undefined);
    const network = given ?? networkFor(data.description, named as string | undefined);
    const initial = weights === undefined ? (config.initial ?? defaultInitial(network)) : undefined;
    return await prepareOn(data, network, {
      config: { ...config, weights, initial },
      input,
      resumption,
      options,
      signal,
    });
  } catch (error) {
    await data.close();
    throw error;
  }
}

interface Asked {
  readonly config: RunConfig;
  readonly input: RunInput;
  readonly resumption: Resumption | undefined;
  readonly options: RunOptions;
  readonly signal: AbortSignal;
}

async function prepareOn(data: TrainingData, network: Network, asked: Asked): Promise<PreparedRun> {
  const { input, resumption, options, signal } = asked;
  const { name } = data.description;
  const parts = { data, digests: digestsOf(data), own: namesOf(options, name), resumption, options };
  if (resumption) requireSame(network, parts, resumption);
  requireInput(network, data.description);
  const config = resumption ? asked.config : withOwn(asked.config, data);
  const weights = resumption ? undefined : config.weights;
  const engine = await openEngine(network, { ...config, weights }, input, options.engine);
  try {
    signal.throwIfAborted();
    if (resumption && options.engine) requireSameEngine(engine.description, resumption.run, resumption.file);
    // An engine of one's own may begin with a learning rate of its own.
    const { learningRate } = engine;
    return await assemble({
      ...parts,
      engine,
      config: resumption ? config : withPlannedSteps({ ...config, learningRate }, data.stepsPerEpoch),
    });
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

/** A source of one's own decides on its batches and epochs. */
function withOwn(config: RunConfig, { trainData: { epochs }, batchSize }: TrainingData): RunConfig {
  return { ...config, epochs, batchSize };
}

/** @throws RunError `RUN_RESUME` where another training would come of it */
function requireSame(
  network: Network,
  { data, digests, own }: Omit<Parts, 'config' | 'engine'>,
  { run, checkpoint, file }: Resumption,
): void {
  requireSameDataName(own, run, file);
  requireSameData(digests, run, file);
  requireSameNetwork(network, checkpoint.network, file);
  if (!data.isResumable) throw notResumable(data.description.name, file);
}

interface Parts {
  readonly config: RunConfig;
  readonly data: TrainingData;
  readonly digests: RunState['data'];
  readonly own: RunState['own'];
  readonly engine: PartialEngine;
  readonly resumption: Resumption | undefined;
  readonly options: RunOptions;
}

async function assemble({ config, data, digests, own, engine, resumption, options }: Parts): Promise<PreparedRun> {
  const id = resumption?.run.run ?? runId(new Date());
  const clock = new RunClock(undefined, resumption?.run.elapsedMs);
  const stamp = createStamp({ run: id, seq: resumption?.run.events.seq ?? 0, elapsedMs: () => clock.read() });
  const epochs = resumption?.run.epochs ?? config.epochs;
  const position = new TrainingPosition();
  const progress = new RunProgress({ ...config, epochs });
  if (resumption) {
    if (!isRestorable(engine)) throw notRestorable(engine, resumption.file);
    restore({ engine, position, progress }, resumption.checkpoint);
    progress.rollbacks = resumption.run.rollbacks;
  }
  const folder = await openFolder(config, id, resumption, options);
  try {
    const run = { folder, config, engine, stamp, clock, position, progress };
    const kept = { data: digests, own };
    const checkpoints =
      folder && isRestorable(engine)
        ? new Checkpoints({ ...run, ...kept, folder, engine }, resumption?.kept)
        : undefined;
    // From its first event on, a run can be resumed.
    const failed = resumption === undefined && data.isResumable ? await firstCheckpoint(checkpoints) : [];
    const { digest, items } = data.description;
    const { batchSize, noise, seed, loss } = config;
    const { stages = {}, prepare = {} } = options;
    const notebook =
      own || options.engine ? [] : notebookLosses({ digest, items, network: engine.network, batchSize, noise, loss });
    return {
      ...run,
      batches: data.batches,
      isResumable: data.isResumable,
      trainData: { ...(Object.keys(stages).length > 0 ? withoutSteps(data.trainData) : data.trainData), epochs },
      stages,
      prepare: { ...prepare, ...(noise > 0 && { noise: addNoise({ factor: noise, seed }) }) },
      notebookLosses: notebook,
      runBody: {
        ...describeRun(config, data, engine, folder, own, options.recorded),
        epochs,
        ...(notebook.length > 0 && { notebookLosses: [...notebook] }),
        ...(resumption && { resumedFrom: { step: engine.step, checkpoint: resumption.file } }),
      },
      warnings: [
        ...data.warnings,
        ...(options.engine ? [] : insteadOfSimd(config, engine.description)),
        ...engineWarning(engine, {
          hasTestData: data.trainData.testData !== undefined,
          hasFolder: folder !== undefined,
        }),
        ...(options.data && folder && !data.isResumable ? [sourceWarning(data.description.name)] : []),
        ...failed,
        ...(resumption === undefined ? [] : resumption.warnings),
      ],
      resumeCommands: resumption?.resumeCommands ?? [],
      checkpoints,
      close: once(async () => {
        await checkpoints?.close();
        engine.dispose();
        await data.close();
        await folder?.close();
      }),
    };
  } catch (error) {
    await folder?.close();
    throw error;
  }
}

/** One that cannot be written is no reason not to train. */
async function firstCheckpoint(checkpoints: Checkpoints | undefined): Promise<readonly WarningBody[]> {
  try {
    await checkpoints?.save(false);
    return [];
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    return [{ type: 'warning', code: 'CHECKPOINT', message: `The checkpoint of step 0 failed: ${error.message}` }];
  }
}

async function openFolder(
  config: RunConfig,
  id: string,
  resumption: Resumption | undefined,
  { onHistory }: RunOptions,
): Promise<RunFolder | undefined> {
  if (resumption === undefined)
    return config.output === false ? undefined : openRunFolder(config.output ?? `${RUNS_FOLDER}/${id}`);
  const { folder, history } = await resumption.open();
  onHistory?.(history);
  return folder;
}

function digestsOf({ description: { digest }, testDigest }: TrainingData): RunState['data'] {
  return { ...(digest !== undefined && { digest }), ...(testDigest !== undefined && { testDigest }) };
}

/** Stages may make other batches of those that come in: then the next epoch's first one tells that an epoch has ended. */
function withoutSteps({ stepsPerEpoch: _, ...trainData }: TrainingData['trainData']): TrainingData['trainData'] {
  return trainData;
}

function notResumable(name: string, path: string): RunError {
  return new RunError({
    code: 'RUN_RESUME',
    path,
    problem: `the source ${name} does not say how to go on from a place`,
    advice: 'Give it a function from(position), or begin a new run with these weights (weights).',
  });
}

function notRestorable({ description: { name } }: PartialEngine, path: string): RunError {
  return new RunError({
    code: 'RUN_RESUME',
    path,
    problem: `the engine ${name} does not take weights any more`,
    advice: 'Give it weights and setWeights, as it had when the run began.',
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
