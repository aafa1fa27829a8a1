// What an open file says of a model, wherever the file lies.
import { ModelError } from '../errors.js';
import type { Network } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import type { NamedTensors } from '../model/engine.js';
import type { LossText } from '../model/losses/lossSum.js';
import { isOpaque, parseOpaqueNetwork } from '../model/opaqueNetwork.js';
import { PRESETS } from '../model/presets/presets.js';
import type { SafetensorsFile } from '../model/safetensors/safetensorsFile.js';
import { metadataJson, readCheckpoint } from '../model/weights/readCheckpoint.js';
import { readWeights, type WeightNaming } from '../model/weights/readWeights.js';
import type { CreateSha256 } from '../sha256.js';
import { isShared, readSharedDecoder } from './sharedDecoder.js';

/** A model that has no engine yet. */
export interface ReadModel {
  readonly network: Network;
  readonly weights: NamedTensors;
  /** The loss that it was trained with, where that is known. */
  readonly loss?: LossText;
  readonly huberDelta?: number;
  /** False for what has a decoder alone. */
  readonly hasEncoder?: boolean;
}

export interface ReadModelOptions extends WeightNaming {
  /** Names the file in errors. */
  readonly name: string;
  /** Takes the place of what the file says. @default the file's own */
  readonly network?: Network | undefined;
  readonly createSha256: CreateSha256;
}

/**
 * Reads network and weights out of a checkpoint, a shared file, or weights alone.
 * @throws WeightsError where it is damaged or of another network; ModelError `MODEL_ARCHITECTURE` where it does not say its network,
 * `MODEL_OWN_ENGINE`
 */
export async function readModel(file: SafetensorsFile, options: ReadModelOptions): Promise<ReadModel> {
  const { name, network: given, createSha256, rename } = options;
  if (isShared(file)) return { ...(await readSharedDecoder(file, name, createSha256)), hasEncoder: false };
  if (given === undefined && file.metadata.has('checkpoint')) {
    const { network, weights, state } = await readCheckpoint(file, { createSha256, path: name });
    requireLayers(network, name);
    const { loss, huberDelta } = state.config as { readonly loss?: LossText; readonly huberDelta?: number };
    return {
      network,
      weights,
      ...(loss !== undefined && { loss }),
      ...(loss?.includes('huber') && huberDelta !== undefined && { huberDelta }),
    };
  }
  const network = given ?? networkIn(file, name);
  return { network, weights: await readWeights(file, network, name, { rename }) };
}

function networkIn(file: SafetensorsFile, name: string): Network {
  if (!file.metadata.has('architecture'))
    throw new ModelError({
      code: 'MODEL_ARCHITECTURE',
      path: name,
      expected: 'weights that say which network they are of (architecture in the metadata)',
      actual: 'weights alone',
      advice: `Give the network with architecture (--architecture): a JSON file, or a preset (${PRESETS.join(', ')}).`,
    });
  const metadata = metadataJson(file, 'architecture', name);
  const network = parseOpaqueNetwork(metadata) ?? checkArchitecture(metadata, name);
  requireLayers(network, name);
  return network;
}

function requireLayers(network: Network, name: string): void {
  if (!isOpaque(network)) return;
  throw new ModelError({
    code: 'MODEL_OWN_ENGINE',
    path: name,
    expected: 'a network of layers',
    actual: `what the engine ${network.architecture.name} has trained, which alone knows how to compute it`,
    advice: 'Let a program of your own make that engine, and give it to new Model(engine).',
  });
}
