// A checkpoint in a file that is open, wherever it lies.
import type { CreateSha256 } from '../../sha256.js';
import { JsonError, parseStrictJson } from '../../text/strictJson.js';
import type { Network } from '../architecture.js';
import { checkArchitecture } from '../checkArchitecture.js';
import { type CheckpointState, checkState } from '../checkpointState.js';
import type { NamedTensors, OptimizerSlots, OptimizerState, Tensor } from '../engine.js';
import { parseOpaqueNetwork } from '../opaqueNetwork.js';
import { ADAM_SLOTS, slotPrefix } from '../optimizers/slotNames.js';
import { requireTensors } from '../requireTensors.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';
import { weightsError } from '../safetensors/weightsError.js';
import { checkpointDigest } from './checkpointDigest.js';
import { readTensors, specsOf } from './readWeights.js';

/** What comes out of a checkpoint. */
export interface Checkpoint {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly optimizer: OptimizerState;
  readonly state: CheckpointState;
}

/** How checkpoints are read. */
export interface ReadCheckpointOptions {
  /** What the digest in it is compared by. */
  readonly createSha256: CreateSha256;
  /** Names the file in errors. */
  readonly path?: string | undefined;
}

/**
 * @throws WeightsError where it is damaged (`WEIGHTS_DIGEST` where only its values tell), or not a complete checkpoint
 * (`WEIGHTS_MISMATCH`); ArchitectureError where the network in it cannot be built
 */
export async function readCheckpoint(
  file: SafetensorsFile,
  { createSha256, path }: ReadCheckpointOptions,
): Promise<Checkpoint> {
  const metadata = metadataJson(file, 'architecture', path);
  const network = parseOpaqueNetwork(metadata) ?? checkArchitecture(metadata, path);
  const state = checkpointStateOf(file, path);
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
  await requireDigest(file, allTensors(weights, optimizer), { createSha256, path });
  return { network, weights, optimizer, state };
}

/** What a checkpoint says of itself. @throws WeightsError where it is none */
export function checkpointStateOf(file: SafetensorsFile, path: string | undefined): CheckpointState {
  return checkState(metadataJson(file, 'checkpoint', path), path);
}

/** All that a checkpoint holds, under the names that it has there. */
export function allTensors(weights: NamedTensors, { slots }: OptimizerState): NamedTensors {
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
  { createSha256, path }: ReadCheckpointOptions,
): Promise<void> {
  const expected = metadata.get('digest');
  if (expected === undefined) return;
  const actual = await checkpointDigest(metadata.get('checkpoint') ?? '', tensors, createSha256);
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
