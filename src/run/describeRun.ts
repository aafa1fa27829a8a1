// What a run says of itself at its beginning.

import type { EventBody } from '../events/schema.js';
import { VERSION } from '../files/version.js';
import type { RunState } from '../model/checkpointState.js';
import { type EngineDescription, isEngineName, type PartialEngine } from '../model/engine.js';
import { LOSS_OPTIONS } from '../model/losses/lossOptions.js';
import { engineOf } from '../model/node/createEngine.js';
import { isOpaque } from '../model/opaqueNetwork.js';
import { OPTIMIZER_OPTIONS } from '../model/optimizers/optimizerOptions.js';
import { describeEngine } from '../training/describeEngine.js';
import type { RunConfig } from './config.js';
import type { TrainingData } from './data/trainingData.js';
import type { RunFolder } from './folder/runFolder.js';

export type RunBody = Extract<EventBody, { type: 'run' }>;
type WarningBody = Extract<EventBody, { type: 'warning' }>;

/**
 * The body of the `run` event.
 * @param own names of what is not named in the configuration
 */
export function describeRun(
  config: RunConfig,
  { description: dataset, stepsPerEpoch }: TrainingData,
  engine: PartialEngine,
  folder: RunFolder | undefined,
  own: RunState['own'],
  recorded: Readonly<Record<string, unknown>> = {},
): RunBody {
  return {
    type: 'run',
    schema: 1,
    version: VERSION,
    config: {
      ...named(config, engine),
      ...engineOptions(engine.description),
      ...own,
      ...(own?.data !== undefined && { ownData: true }),
      output: folder?.path ?? false,
      ...recorded,
    },
    dataset,
    ...describeEngine(engine),
    seed: config.seed,
    epochs: config.epochs,
    ...(stepsPerEpoch !== undefined && { stepsPerEpoch }),
  };
}

/** The default engine cannot run here: what takes its place is many times slower. */
export function insteadOfSimd(config: RunConfig, { name, backend, reason }: EngineDescription): readonly WarningBody[] {
  if (name === engineOf(config)) return [];
  return [{ type: 'warning', code: 'ENGINE', message: `The engine is ${name} on ${backend}, ${reason}.` }];
}

/** The options with which the same engine is had again. */
function engineOptions({ name, backend, threads }: EngineDescription): Readonly<Record<string, unknown>> {
  if (name === 'simd') return { engine: name, threads };
  return name === 'tfjs' ? { engine: name, backend } : { engine: name };
}

/** An engine of one's own has weights, a loss and an optimizer of its own; where it was given no network, it trains one of its own as well. */
function named(config: RunConfig, engine: PartialEngine): Readonly<Record<string, unknown>> {
  const { network, description, lossName } = engine;
  const own: ReadonlySet<string> = new Set([
    ...(isOpaque(network) ? ['architecture'] : []),
    ...(isEngineName(description.name) ? [] : ['initial', ...LOSS_OPTIONS, ...OPTIMIZER_OPTIONS]),
  ]);
  const kept = Object.fromEntries(Object.entries(config).filter(([option]) => !own.has(option)));
  return lossName === undefined ? kept : { ...kept, loss: lossName };
}
