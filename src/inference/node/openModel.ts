import { fileURLToPath } from 'node:url';
import { ModelError } from '../../errors.js';
import type { Architecture, Network } from '../../model/architecture.js';
import { checkArchitecture } from '../../model/checkArchitecture.js';
import type { NamedTensors } from '../../model/engine.js';
import type { LossText } from '../../model/losses/lossSum.js';
import { metadataJson, readCheckpoint } from '../../model/node/checkpoint.js';
import { createEngine, type EngineOptions } from '../../model/node/createEngine.js';
import { readArchitecture } from '../../model/node/readArchitecture.js';
import { withSafetensors } from '../../model/node/safetensorsFile.js';
import { readWeights } from '../../model/node/weightsFile.js';
import { isOpaque, parseOpaqueNetwork } from '../../model/opaqueNetwork.js';
import { type SafetensorsFile, safetensorsInMemory } from '../../model/safetensors/safetensorsFile.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { modelFileOf } from '../../run/folder/findModel.js';
import { Model } from '../model.js';
import { isShared, readSharedDecoder } from './latents/shared.js';

export interface OpenModelOptions extends Pick<EngineOptions, 'engine' | 'backend' | 'threads' | 'relaxed'> {
  /** The network of a file that does not say it: what `checkArchitecture` takes, or the path of a JSON file. @default the one in the file */
  readonly architecture?: Architecture | string | undefined;
  /** Ends a download. @default never */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<OpenModelOptions> = {
  engine: true,
  backend: true,
  threads: true,
  relaxed: true,
  architecture: true,
  signal: true,
};

/**
 * Opens a trained model, to encode, decode, reconstruct and score with.
 *
 * @param source a safetensors file of Millrace's, a checkpoint, a run folder, the id or the name of a run kept under `runs/`, an address
 * (`http:`, `https:`, `file:`), a file of `encode --share`, which has a decoder
 * alone, or the bytes of any of them. @default the newest run kept there
 * @throws RunError `RUN_NOT_FOUND`; ModelError `MODEL_NOT_FOUND`, `MODEL_ARCHITECTURE` where the file does not say its network,
 * `MODEL_OWN_ENGINE`; WeightsError where it is damaged or of another network than the one that is given; OptionError and EngineError as
 * `createEngine`
 *
 * @example
 * const model = await openModel(`${place}/baseline`);
 * const { test } = await openData();
 * const images = await test.read(0, 2);
 * console.log(model.architecture.name, model.encode(images).length); // transpose 392
 * model.dispose();
 */
export async function openModel(source?: string | URL | Uint8Array, options: OpenModelOptions = {}): Promise<Model> {
  requireKnownOptions(options, OPTIONS);
  const { name, read } = await openSource(source, options.signal);
  return read(async (file) => createModel(name, await readModel(file, name, options), options));
}

/** More than a checkpoint of the largest network has. */
const MOST_BYTES = 2 ** 30;

type Use<T> = (file: SafetensorsFile) => Promise<T>;

/** Where a model comes from, opened when it is read. */
interface ModelSource {
  readonly name: string;
  readonly read: <T>(use: Use<T>) => Promise<T>;
}

async function openSource(
  source: string | URL | Uint8Array | undefined,
  signal: AbortSignal | undefined,
): Promise<ModelSource> {
  if (source instanceof Uint8Array) return inMemory('the bytes of a model', source);
  const address = typeof source === 'string' && /^(https?|file):\/\//.test(source) ? new URL(source) : source;
  if (address instanceof URL && address.protocol !== 'file:')
    return inMemory(address.href, await download(address, signal));
  const path = await modelFileOf(address instanceof URL ? fileURLToPath(address) : address);
  return { name: path, read: (use) => withSafetensors(path, use) };
}

function inMemory(name: string, bytes: Uint8Array): ModelSource {
  return { name, read: async (use) => use(safetensorsInMemory(bytes, name)) };
}

async function download(address: URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const failed = (actual: string, cause?: unknown): ModelError =>
    new ModelError({
      code: 'MODEL_NOT_FOUND',
      path: address.href,
      expected: 'a model that can be fetched',
      actual,
      advice: 'Check the address, or fetch the file by other means and give its path.',
      cause,
    });
  const response = await fetch(address, signal === undefined ? {} : { signal }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw failed(cause instanceof Error ? String(cause.cause ?? cause.message) : String(cause), cause);
  });
  if (!response.ok) throw failed(`the answer ${response.status} ${response.statusText}`.trim());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw failed(`more than ${MOST_BYTES} bytes`);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** What a file says of a model. */
interface ReadModel {
  readonly network: Network;
  readonly weights: NamedTensors;
  readonly loss?: LossText;
  readonly huberDelta?: number;
  readonly hasEncoder?: boolean;
}

async function readModel(file: SafetensorsFile, name: string, options: OpenModelOptions): Promise<ReadModel> {
  if (isShared(file)) return { ...(await readSharedDecoder(file, name)), hasEncoder: false };
  if (options.architecture === undefined && file.metadata.has('checkpoint')) {
    const { network, weights, state } = await readCheckpoint(file, name);
    requireLayers(network, name);
    const { loss, huberDelta } = state.config as { readonly loss?: LossText; readonly huberDelta?: number };
    return {
      network,
      weights,
      ...(loss !== undefined && { loss }),
      ...(loss?.includes('huber') && huberDelta !== undefined && { huberDelta }),
    };
  }
  const network = await networkOf(file, name, options);
  return { network, weights: await readWeights(file, network, name) };
}

async function networkOf(file: SafetensorsFile, name: string, { architecture }: OpenModelOptions): Promise<Network> {
  if (typeof architecture === 'string') return readArchitecture(architecture);
  if (architecture !== undefined) return checkArchitecture(architecture);
  if (!file.metadata.has('architecture'))
    throw new ModelError({
      code: 'MODEL_ARCHITECTURE',
      path: name,
      expected: 'weights that say which network they are of (architecture in the metadata)',
      actual: 'weights alone',
      advice: 'Give the network as a JSON file with architecture.',
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

async function createModel(
  name: string,
  { network, weights, loss, huberDelta, hasEncoder }: ReadModel,
  { engine, backend, threads, relaxed }: OpenModelOptions,
): Promise<Model> {
  const created = await createEngine({ network, weights, engine, backend, threads, relaxed, loss, huberDelta });
  return new Model(created, { name, loss, huberDelta, hasEncoder });
}
