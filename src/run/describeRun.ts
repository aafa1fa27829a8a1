// What a run says of itself at its beginning.

import type { EventBody } from '../events/schema.js';
import { packageVersion } from '../files/packageVersion.js';
import type { Engine, EngineDescription } from '../model/engine.js';
import { engineOf } from '../model/node/createEngine.js';
import { describeEngine } from '../training/describeEngine.js';
import type { RunConfig } from './config.js';
import type { RunFolder } from './folder/runFolder.js';
import type { TrainingData } from './trainingData.js';

export type RunBody = Extract<EventBody, { type: 'run' }>;
type WarningBody = Extract<EventBody, { type: 'warning' }>;

/** The body of the `run` event. */
export function describeRun(
  config: RunConfig,
  { description: dataset, stepsPerEpoch }: TrainingData,
  engine: Engine,
  folder: RunFolder | undefined,
  recorded: Readonly<Record<string, unknown>> = {},
): RunBody {
  return {
    type: 'run',
    schema: 1,
    version: packageVersion(),
    config: { ...config, ...engineOptions(engine.description), output: folder?.path ?? false, ...recorded },
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
  return name === 'simd' ? { engine: name, threads } : { engine: name, backend };
}
