import { OptionError } from '../errors.js';
import type { Network } from '../model/architecture.js';
import { type EngineFactory, isRestorable, type PartialEngine } from '../model/engine.js';
import { createEngine } from '../model/node/createEngine.js';
import { loadWeights } from '../model/node/weightsFile.js';
import { optimizerOptionsOf } from '../model/optimizers/optimizerOptions.js';
import type { RunConfig, RunInput } from './config.js';

/**
 * The engine of a run, with the weights from the file that is named.
 * @param input what the user has said: a learning rate that is given takes the place of an own engine's
 * @param create makes the engine in place of the one that the configuration names
 * @throws OptionError for weights where the engine takes none; EngineError; WeightsError
 */
export async function openEngine(
  network: Network,
  config: Omit<RunConfig, 'weights'> & { readonly weights: string | undefined },
  { learningRate: givenRate }: RunInput,
  create: EngineFactory | undefined,
): Promise<PartialEngine> {
  const { engine, backend, threads, relaxed, seed, initial, learningRate, weights, rename, loss, huberDelta } = config;
  if (create === undefined)
    return createEngine({
      ...{ network, engine, backend, threads, relaxed, seed, learningRate },
      ...(weights === undefined && { initial }),
      ...{ loss, huberDelta, ...optimizerOptionsOf(config) },
      ...(weights !== undefined && { weights: await loadWeights(weights, network, { rename }) }),
    });
  const own = await create(network, { seed, ...(givenRate !== undefined && { learningRate: givenRate }) });
  try {
    if (weights !== undefined) await setWeights(own, weights, rename);
    return own;
  } catch (error) {
    own.dispose();
    throw error;
  }
}

async function setWeights(engine: PartialEngine, path: string, rename: boolean | undefined): Promise<void> {
  if (!isRestorable(engine)) throw new OptionError('weights', path, 'nothing with an engine that takes no weights');
  engine.setWeights(await loadWeights(path, engine.network, { rename }));
}
