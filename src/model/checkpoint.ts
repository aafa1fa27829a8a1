// A checkpoint: one safetensors file that holds weights, Adam's moments and, as JSON text in its metadata, all the rest.
import * as z from 'zod';
import { JsonError, parseStrictJson } from '../text/strictJson.js';
import { type CheckedArchitecture, weightSpecs } from './architecture.js';
import { checkArchitecture } from './checkArchitecture.js';
import type { Engine, NamedTensors, OptimizerState, Tensor } from './engine.js';
import { requireTensors } from './requireTensors.js';
import { type SafetensorsFile, withSafetensors } from './safetensors/file.js';
import { refusal } from './safetensors/refusal.js';
import { FIRST_MOMENT, readTensors, SECOND_MOMENT, saveWeights } from './weightsFile.js';

/** Changes when an older Millrace could no longer read the state rightly. */
const VERSION = 1;

const stateSchema = z.object({
  version: z.literal(VERSION),
  /** Updates done. */
  step: z.int().min(0),
  /** The epoch of the last update; counts from 1. */
  epoch: z.int().min(1),
  learningRate: z.number().min(0),
  seed: z.int(),
  /** Every effective option, as in the `run` event. */
  config: z.record(z.string(), z.unknown()),
});

/** What a checkpoint holds beside its tensors: the JSON text `checkpoint` in the file's metadata. */
export type CheckpointState = Readonly<z.output<typeof stateSchema>>;

/** What a checkpoint takes from an engine: everything that training changes. */
export type CheckpointEngine = Pick<Engine, 'architecture' | 'learningRate' | 'optimizerState' | 'weights'>;

/** What it takes from the run. */
export interface CheckpointOptions {
  /** Every effective option, to be kept as JSON. */
  readonly config: { readonly seed: number };
  /** Where the run is. */
  readonly position: { readonly epoch: number };
}

/** What comes out of one. */
export interface Checkpoint {
  readonly architecture: CheckedArchitecture;
  readonly weights: NamedTensors;
  readonly optimizer: OptimizerState;
  readonly state: CheckpointState;
}

/**
 * Saves a checkpoint, as a whole or not at all; a file of that name is replaced.
 * @returns size of the file in bytes
 * @throws WeightsError `WEIGHTS_UNWRITABLE`
 */
export async function saveCheckpoint(
  path: string,
  engine: CheckpointEngine,
  { config, position }: CheckpointOptions,
): Promise<number> {
  const { step, firstMoments, secondMoments } = engine.optimizerState();
  const tensors = new Map([
    ...engine.weights(),
    ...prefixed(FIRST_MOMENT, firstMoments),
    ...prefixed(SECOND_MOMENT, secondMoments),
  ]);
  const { learningRate, architecture } = engine;
  const state = { version: VERSION, step, epoch: position.epoch, learningRate, seed: config.seed, config };
  return saveWeights(path, tensors, architecture.architecture, { checkpoint: JSON.stringify(state) });
}

/**
 * Loads a checkpoint with the network it is of.
 * @throws WeightsError when there is no such file, it is damaged, or it is no complete checkpoint (`WEIGHTS_MISMATCH`)
 * @throws ArchitectureError when the network in it cannot be built
 */
export function loadCheckpoint(path: string): Promise<Checkpoint> {
  return withSafetensors(path, async (file) => {
    const network = checkArchitecture(metadataJson(file, 'architecture', path), path);
    const state = checkState(metadataJson(file, 'checkpoint', path), path);
    const specs = weightSpecs(network);
    const prefixes = ['', FIRST_MOMENT, SECOND_MOMENT];
    requireTensors(
      prefixes.flatMap((prefix) => specs.map(({ name, shape }) => ({ name: `${prefix}${name}`, shape }))),
      file.tensors,
      path,
    );
    const weights = await readTensors(file, specs);
    const firstMoments = await readTensors(file, specs, FIRST_MOMENT);
    const secondMoments = await readTensors(file, specs, SECOND_MOMENT);
    return { architecture: network, weights, optimizer: { step: state.step, firstMoments, secondMoments }, state };
  });
}

function prefixed(prefix: string, tensors: NamedTensors): [string, Tensor][] {
  return [...tensors].map(([name, tensor]) => [`${prefix}${name}`, tensor]);
}

function metadataJson({ metadata }: SafetensorsFile, name: string, path: string): unknown {
  const text = metadata.get(name);
  if (text === undefined)
    throw refusal('WEIGHTS_MISMATCH', path, {
      expected: `a checkpoint, which has ${name} in its metadata`,
      actual: 'a file without it',
      advice: 'Weights alone can begin a new training, but not continue one.',
    });
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw refusal('WEIGHTS_HEADER', path, {
      problem: `${name} in the metadata, character ${error.index + 1}`,
      expected: error.expected,
      actual: error.actual,
      advice: 'The file is damaged, or not made by Millrace.',
      cause: error,
    });
  }
}

function checkState(value: unknown, path: string): CheckpointState {
  const result = stateSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw refusal('WEIGHTS_HEADER', path, {
    problem: `checkpoint in the metadata: ${issue?.path.join('.') || 'the whole of it'}`,
    expected: `a state of version ${VERSION}`,
    actual: issue?.message.toLowerCase() ?? 'something else',
    advice: 'The checkpoint is damaged, or of another version of Millrace: use the one that wrote it.',
  });
}
