import { EngineError, OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions, wrongChoice } from '../../options.js';
import type { Network } from '../architecture.js';
import { BACKENDS, type Backend, ENGINES, type Engine, type EngineName, type NamedTensors } from '../engine.js';
import { INITIALS, type InitialName, initialWeights } from '../initialWeights.js';
import { chooseLoss, type LossOptions, requireFittingLoss } from '../losses/lossOptions.js';
import { chooseOptimizer, type OptimizerOptions } from '../optimizers/optimizerOptions.js';

export interface EngineOptions extends LossOptions, OptimizerOptions {
  /** The network that `checkArchitecture` returned. */
  readonly network: Network;
  /** @default 'simd'; 'tfjs' where WebAssembly SIMD or shared memory is missing, or where a backend is asked for */
  readonly engine?: EngineName | undefined;
  /** tfjs: which of TensorFlow.js's backends. @default the first of tensorflow, wasm and cpu that loads */
  readonly backend?: Backend | undefined;
  /** simd: how many threads at most; results do not depend on it. More than 4 are 4. @default the cores there are, or a container's share of them */
  readonly threads?: number | undefined;
  /** simd: fused multiply-adds, which are faster and whose bits differ between machines. @default false */
  readonly relaxed?: boolean | undefined;
  /** What the initial weights depend on, and what dropout and noise layers draw in training. @default 1 */
  readonly seed?: number | undefined;
  /** How they are drawn: see `initialWeights`; not with `weights`. @default 'he' or 'glorot', by the network */
  readonly initial?: InitialName | undefined;
  /** Weights to begin with, instead of seeded ones; copied. */
  readonly weights?: NamedTensors | undefined;
  /** Step size of the first update, above 0. @default 0.001 */
  readonly learningRate?: number | undefined;
}

const OPTIONS: OptionNames<EngineOptions> = {
  network: true,
  engine: true,
  backend: true,
  threads: true,
  relaxed: true,
  seed: true,
  initial: true,
  weights: true,
  learningRate: true,
  loss: true,
  huberDelta: true,
  optimizer: true,
  beta1: true,
  beta2: true,
  epsilon: true,
  momentum: true,
  nesterov: true,
  smoothing: true,
  weightDecay: true,
  clipNorm: true,
};

/**
 * Creates an engine: a network ready to train. The engine's libraries are loaded by the call, not before.
 *
 * @throws OptionError for an option that is out of range, that does not exist, or that the engine does not have
 * @throws EngineError `ENGINE_UNAVAILABLE` when the engine or backend asked for does not load, or none does
 * @throws WeightsError `WEIGHTS_MISMATCH` when `weights` are of another network
 *
 * @example
 * const network = checkArchitecture(preset('transpose', [28, 28, 1]));
 * const engine = await createEngine({ network, threads: 1, seed: 7 });
 * const loss = engine.trainStep({ pixels: new Uint8Array(20 * 784), length: 20 });
 * console.log(engine.description.name, engine.step, loss > 0); // simd 1 true
 * engine.dispose();
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  requireKnownOptions(options, OPTIONS);
  requireFitting(options);
  requireInitial(options);
  const { network, seed = 1, learningRate = 0.001, backend, threads, relaxed } = options;
  const { weights = initialWeights(network, seed, options.initial) } = options;
  const loss = chooseLoss(options);
  requireFittingLoss(loss, network);
  const common = { network, weights, learningRate, loss, optimizer: chooseOptimizer(options), seed };
  const createTfjs = async (insteadOf?: string) => {
    const { createTfjsEngine } = await import('../tfjs/node/createTfjsEngine.js').catch(tfjsUnavailable);
    return createTfjsEngine({ ...common, backend, insteadOf });
  };
  if (engineOf(options) === 'tfjs') return createTfjs();
  const { createSimdEngine } = await import('../simd/node/createSimdEngine.js');
  try {
    return await createSimdEngine({ ...common, threads, relaxed });
  } catch (error) {
    if (!(!isAskedFor(options) && error instanceof EngineError && error.code === 'ENGINE_UNAVAILABLE')) throw error;
    return createTfjs(`not simd, since ${error.problem}`);
  }
}

/** @throws OptionError for weights that are drawn in a way that does not exist, or taken from elsewhere as well */
export function requireInitial({ initial, weights }: { readonly initial?: unknown; readonly weights?: unknown }): void {
  if (initial === undefined) return;
  if (!(INITIALS as readonly unknown[]).includes(initial)) throw wrongChoice('initial', initial, INITIALS);
  if (weights === undefined) return;
  throw new OptionError(
    'initial',
    initial,
    'nothing with weights',
    'These are what it begins with: leave one of the two out.',
  );
}

/** As where a bundle has put TensorFlow.js into a form that it does not run in. */
function tfjsUnavailable(cause: unknown): never {
  throw new EngineError({
    code: 'ENGINE_UNAVAILABLE',
    problem: `TensorFlow.js does not load (${cause instanceof Error ? cause.message : String(cause)})`,
    advice:
      "Leave @tensorflow/* out of a bundle (as external) and install it where that runs, or take the engine 'simd'.",
    cause,
  });
}

/**
 * Loads an engine's libraries ahead of `createEngine`, which then finds them there.
 * @throws EngineError `ENGINE_UNAVAILABLE` as `createEngine` would, where an engine is asked for that does not run here
 */
export async function loadEngine(options: Pick<EngineOptions, 'engine' | 'backend' | 'relaxed'>): Promise<void> {
  if (engineOf(options) === 'simd') {
    const { requireSimd } = await import('../simd/node/createSimdEngine.js');
    if (isAskedFor(options)) requireSimd(options.relaxed ?? false);
    return;
  }
  const { loadBackend } = await import('../tfjs/node/backends.js');
  await loadBackend(options.backend);
}

/** Whether options leave no choice: what does not run here has no one to stand in for it. */
export function isAskedFor({
  engine,
  backend,
  relaxed,
}: Pick<EngineOptions, 'engine' | 'backend' | 'relaxed'>): boolean {
  return engine !== undefined || backend !== undefined || relaxed === true;
}

/** The engine that options ask for, where this machine has it. */
export function engineOf({ engine, backend }: Pick<EngineOptions, 'engine' | 'backend'>): EngineName {
  return engine ?? (backend === undefined ? 'simd' : 'tfjs');
}

/** @throws OptionError for an engine that does not exist, and for an option that the engine does not have */
export function requireFitting(options: Pick<EngineOptions, 'engine' | 'backend' | 'threads' | 'relaxed'>): void {
  const { engine, backend, threads, relaxed } = options;
  if (engine !== undefined && !ENGINES.includes(engine)) throw wrongChoice('engine', engine, ENGINES);
  if (backend !== undefined && !BACKENDS.includes(backend)) throw wrongChoice('backend', backend, BACKENDS);
  const foreign = (option: string, value: unknown, name: EngineName) =>
    new OptionError(option, value, `nothing with the engine ${name}`, 'Leave it out, or take another engine.');
  if (engineOf(options) === 'simd') {
    if (backend !== undefined) throw foreign('backend', backend, 'simd');
    return;
  }
  if (threads !== undefined) throw foreign('threads', threads, 'tfjs');
  if (relaxed === true) throw foreign('relaxed', relaxed, 'tfjs');
}
