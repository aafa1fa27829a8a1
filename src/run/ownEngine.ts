import { OptionError } from '../errors.js';
import type { CheckedArchitecture } from '../model/architecture.js';
import { type EngineFactory, isRestorable, type PartialEngine } from '../model/engine.js';
import { loadWeights } from '../model/node/weightsFile.js';
import type { RunInput } from './config.js';

/**
 * The engine that a user's own factory makes, with the weights from the file that is named.
 * @param input what the user has said: a learning rate that is given takes the place of the engine's own
 * @throws OptionError for weights where the engine takes none; WeightsError
 */
export async function createOwnEngine(
  create: EngineFactory,
  network: CheckedArchitecture,
  { seed, weights }: { readonly seed: number; readonly weights: string | undefined },
  { learningRate }: RunInput,
): Promise<PartialEngine> {
  const engine = await create(network, { seed, ...(learningRate !== undefined && { learningRate }) });
  if (weights === undefined) return engine;
  try {
    if (!isRestorable(engine))
      throw new OptionError('weights', weights, 'nothing with an engine that takes no weights');
    engine.setWeights(await loadWeights(weights, engine.architecture));
    return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}
