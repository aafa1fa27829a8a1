// Everything a run needs, opened and checked before its first event, so that a mistake costs nothing.
import { identity, type OperatorFunction } from 'rxjs';
import type { Batch } from '../data/batch.js';
import { ArchitectureError, WeightsError } from '../errors.js';
import { RunClock } from '../events/runClock.js';
import type { EventBody } from '../events/schema.js';
import { createStamp, runId, type Stamp } from '../events/stamp.js';
import type { Network } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import type { RunState } from '../model/checkpointState.js';
import type { Engine } from '../model/engine.js';
import { createEngine, loadEngine } from '../model/node/createEngine.js';
import { readArchitecture } from '../model/node/readArchitecture.js';
import { loadWeights } from '../model/node/weightsFile.js';
import { preset } from '../model/presets.js';
import { addNoise } from '../streams/operators/addNoise.js';
import type { Command } from '../training/commands/commandQueue.js';
import { TrainingPosition } from '../training/trainingPosition.js';
import { Checkpoints } from './checkpoints/checkpoints.js';
import { requireSameData, requireSameNetwork } from './checkpoints/requireSameRun.js';
import { restore } from './checkpoints/restore.js';
import { openResumption, type Resumption } from './checkpoints/resume.js';
import { isArchitectureFile, type RunConfig, type RunInput, resolveConfig } from './config.js';
import { describeRun, insteadOfSimd, type RunBody } from './describeRun.js';
import { openRunFolder, RUNS_FOLDER, type RunFolder } from './folder/runFolder.js';
import { notebookLosses } from './notebookLosses.js';
import type { RunOptions } from './runOptions.js';
import { RunProgress } from './runProgress.js';
import { openTrainingData, type TrainingData } from './trainingData.js';

type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** A run that can begin, or go on. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly engine: Engine;
  readonly batches: TrainingData['batches'];
  readonly trainData: TrainingData['trainData'];
  /** The noise, where there is any. */
  readonly prepare: OperatorFunction<Batch, Batch>;
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
  // The engine's libraries load while the data are read and decompressed; what is wrong with them, createEngine tells.
  loadEngine(config).catch(() => undefined);
  // Small files first: a slip there is found before MNIST is fetched.
  const given =
    resumption === undefined || input.architecture !== undefined
      ? await openArchitecture(input.architecture ?? config.architecture)
      : resumption.checkpoint.network;
  const data = await openTrainingData(config, options, signal);
  const { shape } = data.description;
  const network = given ?? checkArchitecture(preset((input.architecture ?? config.architecture) as string, shape));
  const digests = digestsOf(data);
  if (resumption) {
    requireSameNetwork(network, resumption.checkpoint.network, resumption.file);
    requireSameData(digests, resumption.run, resumption.file);
  }
  requireInput(network, shape);
  const engine = await createEngine({
    network,
    engine: config.engine,
    backend: config.backend,
    threads: config.threads,
    relaxed: config.relaxed,
    seed: config.seed,
    learningRate: config.learningRate,
    ...(resumption === undefined &&
      config.weights !== undefined && { weights: await loadWeights(config.weights, network) }),
  });
  try {
    signal.throwIfAborted();
    return await assemble({ config, data, digests, engine, resumption, options });
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

interface Parts {
  readonly config: RunConfig;
  readonly data: TrainingData;
  readonly digests: RunState['data'];
  readonly engine: Engine;
  readonly resumption: Resumption | undefined;
  readonly options: RunOptions;
}

async function assemble({ config, data, digests, engine, resumption, options }: Parts): Promise<PreparedRun> {
  const id = resumption?.run.run ?? runId(new Date());
  const clock = new RunClock(undefined, resumption?.run.elapsedMs);
  const stamp = createStamp({ run: id, seq: resumption?.run.events.seq ?? 0, elapsedMs: () => clock.read() });
  const epochs = resumption?.run.epochs ?? config.epochs;
  const position = new TrainingPosition();
  const progress = new RunProgress({ ...config, epochs });
  if (resumption) {
    restore({ engine, position, progress }, resumption.checkpoint);
    progress.rollbacks = resumption.run.rollbacks;
  }
  const folder = await openFolder(config, id, resumption, options);
  try {
    const run = { folder, config, engine, stamp, clock, position, progress, data: digests };
    const checkpoints = folder && new Checkpoints({ ...run, folder }, resumption?.kept);
    // From its first event on, a run can be resumed.
    const failed = resumption === undefined && config.data !== '-' ? await firstCheckpoint(checkpoints) : [];
    const { digest, items } = data.description;
    const { batchSize, noise } = config;
    const notebook = notebookLosses({ digest, items, network: engine.network, batchSize, noise });
    return {
      ...run,
      batches: data.batches,
      trainData: { ...data.trainData, epochs },
      prepare: noise === 0 ? identity : addNoise({ factor: noise, seed: config.seed }),
      notebookLosses: notebook,
      runBody: {
        ...describeRun(config, data, engine, folder, options.recorded),
        epochs,
        ...(notebook.length > 0 && { notebookLosses: [...notebook] }),
        ...(resumption && { resumedFrom: { step: engine.step, checkpoint: resumption.file } }),
      },
      warnings: [
        ...data.warnings,
        ...insteadOfSimd(config, engine.description),
        ...failed,
        ...(resumption === undefined ? [] : resumption.warnings),
      ],
      resumeCommands: resumption?.resumeCommands ?? [],
      checkpoints,
      close: once(async () => {
        await checkpoints?.close();
        engine.dispose();
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

/** A network of the user's own; `undefined` for a preset, which follows the data. */
async function openArchitecture(architecture: NonNullable<RunInput['architecture']>): Promise<Network | undefined> {
  if (typeof architecture !== 'string') return checkArchitecture(architecture);
  return isArchitectureFile(architecture) ? readArchitecture(architecture) : undefined;
}

function requireInput({ architecture }: Network, shape: readonly number[]): void {
  if (architecture.input.join() === shape.join()) return;
  throw new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the network ${architecture.name}`,
    expected: `an input of ${shape.join('×')}, as the images`,
    actual: architecture.input.join('×'),
    advice: 'Change the input and the last layer, or give other data.',
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
