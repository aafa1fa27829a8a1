import { enableProdMode } from '@tensorflow/tfjs-core';
import type { Network } from '../../architecture.js';
import type { Backend, Engine, NamedTensors } from '../../engine.js';
import type { ChosenLoss } from '../../losses/lossOptions.js';
import type { ChosenOptimizer } from '../../optimizers/optimizerOptions.js';
import { TfjsEngine } from '../tfjsEngine.js';
import { loadBackend } from './backends.js';

export interface TfjsEngineOptions {
  readonly network: Network;
  readonly backend: Backend | undefined;
  /** Why TensorFlow.js, where another engine would have been better. */
  readonly insteadOf?: string | undefined;
  readonly weights: NamedTensors;
  readonly learningRate: number;
  readonly loss: ChosenLoss;
  readonly optimizer: ChosenOptimizer;
  readonly seed: number;
}

/** An engine on the backend that is asked for, or on the best that loads. */
export async function createTfjsEngine({ backend, insteadOf, ...options }: TfjsEngineOptions): Promise<Engine> {
  // Otherwise the cpu backend greets on the console.
  enableProdMode();
  const loaded = await loadBackend(backend);
  const reason = [insteadOf, loaded.reason].filter((part) => part !== undefined).join('; ');
  return new TfjsEngine(options, { ...loaded, reason });
}
