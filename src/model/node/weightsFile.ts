import { FileError, WeightsError } from '../../errors.js';
import { writeAtomically } from '../../files/writeAtomically.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { Architecture, Network } from '../architecture.js';
import type { NamedTensors } from '../engine.js';
import { encodeSafetensors } from '../safetensors/encoding.js';
import { readWeights, type WeightNaming } from '../weights/readWeights.js';
import { loadLayersModelWeights } from './layersModelWeights.js';
import { withSafetensors } from './safetensorsFile.js';

/**
 * Saves tensors as a safetensors file, as a whole or not at all; a file of that name is replaced.
 *
 * @param architecture goes into the file's metadata as JSON text
 * @param metadata further texts for it
 * @returns size of the file in bytes
 * @throws WeightsError `WEIGHTS_UNWRITABLE`
 *
 * @example
 * const architecture = preset('transpose', [28, 28, 1]);
 * const weights = initialWeights(checkArchitecture(architecture), 1);
 * const bytes = await saveWeights(`${place}/fresh.safetensors`, weights, architecture);
 * console.log(bytes > 4 * 1077); // true
 */
export async function saveWeights(
  path: string,
  tensors: NamedTensors,
  architecture: Architecture,
  metadata: Readonly<Record<string, string>> = {},
): Promise<number> {
  const texts = new Map(Object.entries({ ...metadata, architecture: JSON.stringify(architecture) }));
  const bytes = encodeSafetensors({ tensors, metadata: texts });
  await writeAtomically(path, bytes).catch((error: unknown) => {
    throw error instanceof FileError ? unwritable(path, error) : error;
  });
  return bytes.length;
}

function unwritable(path: string, cause: FileError): WeightsError {
  return new WeightsError({
    code: 'WEIGHTS_UNWRITABLE',
    path,
    expected: 'a place to write the weights to',
    actual: cause.actual ?? cause.code,
    advice: cause.advice,
    cause,
  });
}

/** How weights are loaded. */
export interface LoadWeightsOptions extends WeightNaming {}

const OPTIONS: OptionNames<LoadWeightsOptions> = { rename: true };

/**
 * Loads a network's weights from any safetensors file with its names and shapes, written by any program; what is not float32 (F16, BF16,
 * F64) becomes it. Prefixes of wrappers (`module.`, `_orig_mod.`, `model.`) are passed over, in a checkpoint also what an optimizer
 * remembers, and how many batches PyTorch has seen with running statistics. A file that ends in `.json` is a model of TensorFlow.js's:
 * its weights are read from the shards beside it.
 *
 * @returns the weights in the order of the layers
 * @throws WeightsError when there is no such file, it is damaged, or another kind of file (`WEIGHTS_FORMAT`); `WEIGHTS_MISMATCH` with a
 * list when it is another network's; `WEIGHTS_NAMES` when only the names are others
 *
 * @example
 * const network = checkArchitecture(preset('transpose', [28, 28, 1]));
 * const weights = await loadWeights(`${place}/baseline/model.safetensors`, network);
 * console.log([...weights.values()].reduce((sum, { data }) => sum + data.length, 0)); // 1077
 */
export async function loadWeights(
  path: string,
  network: Network,
  options: LoadWeightsOptions = {},
): Promise<NamedTensors> {
  requireKnownOptions(options, OPTIONS);
  // The index of a file in shards is refused there, as what it is.
  const isLayersModel = path.endsWith('.json') && !path.endsWith('.index.json');
  if (isLayersModel) return loadLayersModelWeights(path, network);
  return withSafetensors(path, (file) => readWeights(file, network, path, options));
}
