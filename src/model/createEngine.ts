import { OptionError } from '../errors.js';
import type { CheckedArchitecture } from './architecture.js';
import type { Backend, Engine, EngineName, NamedTensors } from './engine.js';
import { initialWeights } from './initialise.js';

export interface EngineOptions {
  /** What `checkArchitecture` made of a network. */
  readonly architecture: CheckedArchitecture;
  /** @default 'tfjs' */
  readonly engine?: EngineName | undefined;
  /** Which of TensorFlow.js's backends. @default the first of tensorflow, wasm and cpu that loads */
  readonly backend?: Backend | undefined;
  /** What the initial weights depend on. @default 1 */
  readonly seed?: number | undefined;
  /** Weights to begin with, instead of seeded ones; copied. */
  readonly weights?: NamedTensors | undefined;
  /** Adam's step size, above 0. @default 0.001 */
  readonly learningRate?: number | undefined;
}

/**
 * A network ready to train. Loads the engine's libraries; nothing is loaded before.
 *
 * @throws EngineError `ENGINE_UNAVAILABLE` when no backend loads, or the one asked for does not
 * @throws WeightsError `WEIGHTS_MISMATCH` when `weights` are of another network
 */
export async function createEngine({
  architecture,
  engine = 'tfjs',
  backend,
  seed = 1,
  weights = initialWeights(architecture, seed),
  learningRate = 0.001,
}: EngineOptions): Promise<Engine> {
  if (engine !== 'tfjs') throw new OptionError('engine', engine, 'tfjs');
  const { createTfjsEngine } = await import('./tfjs/tfjsEngine.js');
  return createTfjsEngine({ architecture, backend, weights, learningRate });
}

/** Loads an engine's libraries ahead of `createEngine`, which then finds them there, or meets the same error. */
export async function loadEngine({ backend }: Pick<EngineOptions, 'backend'>): Promise<void> {
  const { loadBackend } = await import('./tfjs/backends.js');
  await loadBackend(backend);
}
