// A checkpoint: one safetensors file that holds weights, what the optimizer remembers and, as JSON text in its metadata, all the rest.

import { nativeSha256 } from '../../files/nativeSha256.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { Architecture } from '../architecture.js';
import { CHECKPOINT_VERSION, type CheckpointState, encodeState, type RunState } from '../checkpointState.js';
import type { Engine, NamedTensors, OptimizerState } from '../engine.js';
import { ADAM_SLOTS } from '../optimizers/slotNames.js';
import { checkpointDigest } from '../weights/checkpointDigest.js';
import { allTensors, type Checkpoint, checkpointStateOf, readCheckpoint } from '../weights/readCheckpoint.js';
import { withSafetensors } from './safetensorsFile.js';
import { saveWeights } from './weightsFile.js';

/** What a checkpoint takes from an engine: everything that training changes. */
export type CheckpointEngine = Pick<Engine, 'network' | 'learningRate' | 'optimizerState' | 'weights'>;

/** What a checkpoint takes from the run. */
export interface CheckpointOptions {
  /** Every effective option, to be kept as JSON. */
  readonly config: { readonly seed: number };
  /** Where the run is. */
  readonly position: { readonly epoch: number };
  /** What a run needs to go on in its folder. @default none: it is the state of a training alone */
  readonly run?: RunState;
}

const OPTIONS: OptionNames<CheckpointOptions> = { config: true, position: true, run: true };

/** A checkpoint that is not on the disk yet: nothing in it changes any more. */
export interface CheckpointCopy {
  readonly architecture: Architecture;
  readonly weights: NamedTensors;
  readonly optimizer: OptimizerState;
  readonly state: CheckpointState;
}

/** Copies all that training changes. */
export function copyCheckpoint(
  engine: CheckpointEngine,
  { config, position: { epoch }, run }: CheckpointOptions,
): CheckpointCopy {
  const optimizer = engine.optimizerState();
  const { learningRate, network } = engine;
  const { step, slots } = optimizer;
  const names = Object.keys(slots);
  const state = {
    version: CHECKPOINT_VERSION,
    step,
    epoch,
    learningRate,
    ...(names.join() !== ADAM_SLOTS.join() && { slots: names }),
    seed: config.seed,
    config,
    ...(run && { run }),
  };
  return {
    architecture: network.architecture,
    weights: engine.weights(),
    optimizer,
    state: state as CheckpointState,
  };
}

/**
 * Writes a checkpoint, as a whole or not at all; a file of that name is replaced.
 * @returns size of the file in bytes
 * @throws WeightsError `WEIGHTS_UNWRITABLE`
 */
export async function writeCheckpoint(path: string, copy: CheckpointCopy): Promise<number> {
  const tensors = allTensors(copy.weights, copy.optimizer);
  const checkpoint = encodeState(copy.state);
  return saveWeights(path, tensors, copy.architecture, {
    checkpoint,
    digest: await checkpointDigest(checkpoint, tensors, nativeSha256),
  });
}

/**
 * Saves a checkpoint, as a whole or not at all; a file of that name is replaced. The state is copied before this returns.
 * @returns size of the file in bytes
 * @throws WeightsError `WEIGHTS_UNWRITABLE`
 *
 * @example
 * const config = { seed: 1, batchSize: 20 };
 * const bytes = await saveCheckpoint(`${place}/epoch-3.safetensors`, engine, { config, position: { epoch: 3 } });
 * console.log(bytes > 0); // true
 */
export async function saveCheckpoint(
  path: string,
  engine: CheckpointEngine,
  options: CheckpointOptions,
): Promise<number> {
  requireKnownOptions(options, OPTIONS);
  return writeCheckpoint(path, copyCheckpoint(engine, options));
}

/**
 * Loads a checkpoint with the network it is of.
 * @throws WeightsError when there is no such file, it is damaged (`WEIGHTS_DIGEST` where only its values tell), or it is not a
 * complete checkpoint (`WEIGHTS_MISMATCH`)
 * @throws ArchitectureError when the network in it cannot be built
 *
 * @example
 * const { network, weights, optimizer, state } = await loadCheckpoint(`${place}/baseline/model.safetensors`);
 * console.log(network.parameters, state.epoch, state.step, optimizer.step); // 1077 1 1 1
 */
export function loadCheckpoint(path: string): Promise<Checkpoint> {
  return withSafetensors(path, (file) => readCheckpoint(file, { createSha256: nativeSha256, path }));
}

/**
 * What a checkpoint says of itself; its tensors are not read.
 * @throws WeightsError when there is no such file, its header is damaged, or it is not a checkpoint
 */
export function readCheckpointState(path: string): Promise<CheckpointState> {
  return withSafetensors(path, async (file) => checkpointStateOf(file, path));
}
