// A checkpoint: one safetensors file that holds weights, what the optimizer remembers and, as JSON text in its metadata, all the rest.

import { type OptionNames, requireKnownOptions } from '../../options.js';
import { JsonError, parseStrictJson } from '../../text/strictJson.js';
import type { Architecture, Network } from '../architecture.js';
import { checkArchitecture } from '../checkArchitecture.js';
import {
  CHECKPOINT_VERSION,
  type CheckpointState,
  checkState,
  encodeState,
  type RunState,
} from '../checkpointState.js';
import type { Engine, NamedTensors, OptimizerSlots, OptimizerState, Tensor } from '../engine.js';
import { parseOpaqueNetwork } from '../opaqueNetwork.js';
import { ADAM_SLOTS, slotPrefix } from '../optimizers/slotNames.js';
import { requireTensors } from '../requireTensors.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';
import { weightsError } from '../safetensors/weightsError.js';
import { checkpointDigest } from './checkpointDigest.js';
import { withSafetensors } from './safetensorsFile.js';
import { readTensors, saveWeights, specsOf } from './weightsFile.js';

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

/** What comes out of a checkpoint. */
export interface Checkpoint {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly optimizer: OptimizerState;
  readonly state: CheckpointState;
}

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
    digest: await checkpointDigest(checkpoint, tensors),
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
  return withSafetensors(path, (file) => readCheckpoint(file, path));
}

/** The checkpoint in a file that is open. @throws as `loadCheckpoint` */
export async function readCheckpoint(file: SafetensorsFile, path?: string): Promise<Checkpoint> {
  const metadata = metadataJson(file, 'architecture', path);
  const network = parseOpaqueNetwork(metadata) ?? checkArchitecture(metadata, path);
  const state = stateOf(file, path);
  const specs = (prefix: string) => specsOf(network, file, prefix);
  const slotNames = state.slots ?? ADAM_SLOTS;
  requireTensors(
    ['', ...slotNames.map(slotPrefix)].flatMap((prefix) =>
      specs(prefix).map(({ name, shape }) => ({ name: `${prefix}${name}`, shape })),
    ),
    file.tensors,
    path,
  );
  const weights = await readTensors(file, specs(''));
  const slots: Record<string, NamedTensors> = {};
  for (const slot of slotNames) {
    const prefix = slotPrefix(slot);
    slots[slot] = await readTensors(file, specs(prefix), prefix);
  }
  const optimizer = { step: state.step, slots };
  await requireDigest(file, allTensors(weights, optimizer), path);
  return { network, weights, optimizer, state };
}

/**
 * What a checkpoint says of itself; its tensors are not read.
 * @throws WeightsError when there is no such file, its header is damaged, or it is not a checkpoint
 */
export function readCheckpointState(path: string): Promise<CheckpointState> {
  return withSafetensors(path, async (file) => stateOf(file, path));
}

function stateOf(file: SafetensorsFile, path: string | undefined): CheckpointState {
  return checkState(metadataJson(file, 'checkpoint', path), path);
}

function allTensors(weights: NamedTensors, { slots }: OptimizerState): NamedTensors {
  return new Map([...weights, ...slotTensors(slots)]);
}

function slotTensors(slots: OptimizerSlots): [string, Tensor][] {
  return Object.entries(slots).flatMap(([slot, tensors]) => prefixed(slotPrefix(slot), tensors));
}

function prefixed(prefix: string, tensors: NamedTensors): [string, Tensor][] {
  return [...tensors].map(([name, tensor]) => [`${prefix}${name}`, tensor]);
}

/** Other writers of such files may leave the digest out. */
async function requireDigest(
  { metadata }: SafetensorsFile,
  tensors: NamedTensors,
  path: string | undefined,
): Promise<void> {
  const expected = metadata.get('digest');
  if (expected === undefined) return;
  const actual = await checkpointDigest(metadata.get('checkpoint') ?? '', tensors);
  if (actual === expected) return;
  throw weightsError('WEIGHTS_DIGEST', path, {
    expected: `values with the digest ${expected.slice(0, 12)}…`,
    actual: `${actual.slice(0, 12)}…`,
    advice: 'The file is damaged: use another checkpoint.',
  });
}

/** A JSON text in the metadata. @throws WeightsError `WEIGHTS_MISMATCH` where there is none */
export function metadataJson({ metadata }: SafetensorsFile, name: string, path: string | undefined): unknown {
  const text = metadata.get(name);
  if (text === undefined)
    throw weightsError('WEIGHTS_MISMATCH', path, {
      expected: `a checkpoint, which has ${name} in its metadata`,
      actual: 'a file without it',
      advice: 'Weights alone can begin a new training, but not continue one.',
    });
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw weightsError('WEIGHTS_HEADER', path, {
      problem: `${name} in the metadata, character ${error.index + 1}`,
      expected: error.expected,
      actual: error.actual,
      advice: 'The file is damaged, or not made by Millrace.',
      cause: error,
    });
  }
}
