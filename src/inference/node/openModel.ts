import { fileURLToPath } from 'node:url';
import { nativeSha256 } from '../../files/nativeSha256.js';
import type { Architecture, Network } from '../../model/architecture.js';
import { checkArchitecture } from '../../model/checkArchitecture.js';
import { createEngine, type EngineOptions } from '../../model/node/createEngine.js';
import { readArchitecture } from '../../model/node/readArchitecture.js';
import { withSafetensors } from '../../model/node/safetensorsFile.js';
import { isPresetName, preset } from '../../model/presets/presets.js';
import { type SafetensorsFile, safetensorsInMemory } from '../../model/safetensors/safetensorsFile.js';
import type { WeightNaming } from '../../model/weights/readWeights.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { modelFileOf } from '../../run/folder/findModel.js';
import { fetchModel } from '../fetchModel.js';
import { Model } from '../model.js';
import { type ReadModel, readModel } from '../readModel.js';

export interface OpenModelOptions
  extends Pick<EngineOptions, 'engine' | 'backend' | 'threads' | 'relaxed'>,
    WeightNaming {
  /**
   * The network of a file that does not say it: what `checkArchitecture` takes, a preset's name, or the path of a JSON file (an
   * architecture, or a model of Keras's). @default the one in the file
   */
  readonly architecture?: Architecture | string | undefined;
  /** `[height, width, channels]` of the images that a preset is for. @default [28, 28, 1] */
  readonly inputShape?: Architecture['input'] | undefined;
  /** Ends a download. @default never */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<OpenModelOptions> = {
  engine: true,
  backend: true,
  threads: true,
  relaxed: true,
  architecture: true,
  inputShape: true,
  rename: true,
  signal: true,
};

const NOTEBOOK_SHAPE: Architecture['input'] = [28, 28, 1];

/**
 * Opens a trained model, to encode, decode, reconstruct and score with.
 *
 * @param source a safetensors file of Millrace's, a checkpoint, a run folder, the id or the name of a run kept under `runs/`, an address
 * (`http:`, `https:`, `file:`), a file of `encode --share`, which has a decoder
 * alone, or the bytes of any of them. @default the newest run kept there
 * @throws RunError `RUN_NOT_FOUND`; ModelError `MODEL_NOT_FOUND`, `MODEL_ARCHITECTURE` where the file does not say its network,
 * `MODEL_OWN_ENGINE`; WeightsError where it is damaged, another kind of file (`WEIGHTS_FORMAT`), of another network than the one that is
 * given, or only under other names (`WEIGHTS_NAMES`); OptionError and EngineError as `createEngine`
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
  const network = await networkOf(options);
  const { rename } = options;
  return read(async (file) =>
    createModel(name, await readModel(file, { name, network, rename, createSha256: nativeSha256 }), options),
  );
}

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
    return inMemory(address.href, await fetchModel(address, signal));
  const path = await modelFileOf(address instanceof URL ? fileURLToPath(address) : address);
  return { name: path, read: (use) => withSafetensors(path, use) };
}

function inMemory(name: string, bytes: Uint8Array): ModelSource {
  return { name, read: async (use) => use(safetensorsInMemory(bytes, name)) };
}

async function networkOf({
  architecture,
  inputShape = NOTEBOOK_SHAPE,
}: OpenModelOptions): Promise<Network | undefined> {
  if (architecture === undefined) return undefined;
  if (typeof architecture !== 'string') return checkArchitecture(architecture);
  return isPresetName(architecture)
    ? checkArchitecture(preset(architecture, inputShape))
    : readArchitecture(architecture);
}

async function createModel(
  name: string,
  { network, weights, loss, huberDelta, hasEncoder }: ReadModel,
  { engine, backend, threads, relaxed }: OpenModelOptions,
): Promise<Model> {
  const created = await createEngine({ network, weights, engine, backend, threads, relaxed, loss, huberDelta });
  return new Model(created, { name, loss, huberDelta, hasEncoder });
}
