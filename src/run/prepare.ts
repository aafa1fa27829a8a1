// Everything a run needs, opened and checked before its first event, so that a mistake costs nothing.
import { identity, type OperatorFunction } from 'rxjs';
import { ArchitectureError } from '../errors.js';
import type { CheckedArchitecture } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import { createEngine, engineOf, loadEngine } from '../model/createEngine.js';
import type { Engine, EngineDescription } from '../model/engine.js';
import { preset } from '../model/presets.js';
import { readArchitecture } from '../model/readArchitecture.js';
import { loadWeights } from '../model/weightsFile.js';
import { packageVersion } from '../packageVersion.js';
import type { Batch } from '../streams/batch.js';
import type { EventBody } from '../streams/events.js';
import { addNoise } from '../streams/operators/addNoise.js';
import { RunClock } from '../streams/runClock.js';
import type { Source } from '../streams/source.js';
import { createStamp, runId, type Stamp } from '../streams/stamp.js';
import { isArchitectureFile, type RunConfig } from './config.js';
import { openRunFolder, RUNS_FOLDER, type RunFolder } from './folder.js';
import { describeLayers } from './layers.js';
import { notebookLosses } from './notebook.js';
import type { RunOptions } from './runOptions.js';
import { openTrainingData, type TrainingData } from './trainingData.js';

type RunBody = Extract<EventBody, { type: 'run' }>;
type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** A run that can begin. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly engine: Engine;
  readonly batches: Source<Batch>;
  readonly trainData: TrainingData['trainData'];
  /** The noise, where there is any. */
  readonly prepare: OperatorFunction<Batch, Batch>;
  readonly notebookLosses: readonly number[];
  /** Stands still while the training is paused. */
  readonly clock: RunClock;
  readonly stamp: Stamp;
  readonly runBody: RunBody;
  readonly warnings: readonly WarningBody[];
  readonly folder: RunFolder | undefined;
  /** Closes everything; may be called more than once, each time with the same result. */
  close(): Promise<void>;
}

/**
 * @throws MillraceError of whatever cannot be opened; the signal's reason on abort
 */
export async function prepareRun(config: RunConfig, options: RunOptions, signal: AbortSignal): Promise<PreparedRun> {
  // The engine's libraries load while the data are read and decompressed; what is wrong with them, createEngine tells.
  loadEngine(config).catch(() => undefined);
  // Small files first: a slip there is found before MNIST is fetched.
  const given = await openArchitecture(config);
  const data = await openTrainingData(config, options, signal);
  const { shape } = data.description;
  const architecture = given ?? checkArchitecture(preset(config.architecture as string, shape));
  requireInput(architecture, shape);
  const weights = config.weights === undefined ? undefined : await loadWeights(config.weights, architecture);
  const engine = await createEngine({
    architecture,
    engine: config.engine,
    backend: config.backend,
    threads: config.threads,
    relaxed: config.relaxed,
    seed: config.seed,
    learningRate: config.learningRate,
    ...(weights !== undefined && { weights }),
  });
  try {
    signal.throwIfAborted();
    const id = runId(new Date());
    const folder = config.output === false ? undefined : await openRunFolder(config.output ?? `${RUNS_FOLDER}/${id}`);
    const { digest, items } = data.description;
    const { batchSize, noise } = config;
    const notebook = notebookLosses({ digest, items, architecture, batchSize, noise });
    const clock = new RunClock();
    return {
      config,
      engine,
      batches: data.batches,
      trainData: data.trainData,
      prepare: config.noise === 0 ? identity : addNoise({ factor: config.noise, seed: config.seed }),
      notebookLosses: notebook,
      clock,
      stamp: createStamp({ run: id, elapsedMs: () => clock.read() }),
      runBody: {
        ...describeRun(config, data, engine, folder, options.recorded),
        ...(notebook.length > 0 && { notebookLosses: [...notebook] }),
      },
      warnings: [...data.warnings, ...insteadOfSimd(config, engine.description)],
      folder,
      close: once(async () => {
        engine.dispose();
        await folder?.close();
      }),
    };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

/** A network of the user's own; `undefined` for a preset, which follows the data. */
async function openArchitecture({ architecture }: RunConfig): Promise<CheckedArchitecture | undefined> {
  if (typeof architecture !== 'string') return checkArchitecture(architecture);
  return isArchitectureFile(architecture) ? readArchitecture(architecture) : undefined;
}

function requireInput({ architecture }: CheckedArchitecture, shape: readonly number[]): void {
  if (architecture.input.join() === shape.join()) return;
  throw new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the network ${architecture.name}`,
    expected: `an input of ${shape.join('×')}, as the images`,
    actual: architecture.input.join('×'),
    advice: 'Change the input and the last layer, or give other data.',
  });
}

function describeRun(
  config: RunConfig,
  { description: dataset, stepsPerEpoch }: TrainingData,
  engine: Engine,
  folder: RunFolder | undefined,
  recorded: Readonly<Record<string, unknown>> = {},
): RunBody {
  const { architecture, parameters } = engine.architecture;
  const { name, input, encoder, decoder } = architecture;
  const { plan, ...description } = engine.description;
  return {
    type: 'run',
    schema: 1,
    version: packageVersion(),
    config: { ...config, ...engineOptions(engine.description), output: folder?.path ?? false, ...recorded },
    dataset,
    architecture: { name, input: [...input], encoder: encoder.map(asJson), decoder: decoder.map(asJson) },
    parameters,
    layers: describeLayers(engine.architecture),
    engine: { ...description, ...(plan !== undefined && { plan: [...plan] }) },
    seed: config.seed,
    epochs: config.epochs,
    ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
  };
}

/** The default engine cannot run here: what takes its place is many times slower. */
function insteadOfSimd(config: RunConfig, { name, backend, reason }: EngineDescription): readonly WarningBody[] {
  if (name === engineOf(config)) return [];
  return [{ type: 'warning', code: 'ENGINE', message: `The engine is ${name} on ${backend}, ${reason}.` }];
}

/** The options with which the same engine is had again. */
function engineOptions({ name, backend, threads }: EngineDescription): Readonly<Record<string, unknown>> {
  return name === 'simd' ? { engine: name, threads } : { engine: name, backend };
}

function asJson<Layer extends { readonly type: string }>(layer: Layer): Layer & Record<string, unknown> {
  return { ...layer };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
