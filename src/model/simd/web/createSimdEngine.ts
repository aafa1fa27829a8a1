// The engine in a browser: on the thread that makes it, a page's own or a worker's. Its memory is shared with no one, so no page has to be
// isolated for it.
import { EngineError } from '../../../errors.js';
import type { Network } from '../../architecture.js';
import type { Engine, NamedTensors } from '../../engine.js';
import { chooseLoss } from '../../losses/lossOptions.js';
import { chooseOptimizer } from '../../optimizers/optimizerOptions.js';
import { assembleEngine } from '../assembleEngine.js';
import { compileAside, unsupportedReason } from '../instantiate.js';
import type { RunningThreads } from '../kernelHost.js';

/** A network with its weights, to compute with. */
export interface WebEngineOptions {
  readonly network: Network;
  readonly weights: NamedTensors;
  /** `kernels.wasm`. */
  readonly kernels: Uint8Array;
}

const NO_THREADS: RunningThreads = { isLost: false, close: () => undefined };

/** @throws EngineError `ENGINE_UNAVAILABLE` where SIMD or shared memory are missing, or the network is too large */
export async function createWebSimdEngine({ network, weights, kernels }: WebEngineOptions): Promise<Engine> {
  const reason = unsupportedReason(() => kernels);
  if (reason !== undefined)
    throw new EngineError({
      code: 'ENGINE_UNAVAILABLE',
      problem: reason,
      advice: 'Take a newer browser, and make sure that what is served as kernels.wasm is that file.',
    });
  return assembleEngine(
    {
      ...{ network, weights, learningRate: 0.001, seed: 1, loss: chooseLoss({}) },
      // It keeps nothing beside the weights.
      optimizer: chooseOptimizer({ optimizer: 'sgd' }),
    },
    {
      module: await compileAside(kernels),
      threads: 1,
      patienceMs: 10_000,
      description: { reason: 'the one that runs in a browser' },
      startThreads: async () => NO_THREADS,
    },
  );
}
