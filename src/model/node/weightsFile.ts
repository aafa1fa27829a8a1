import { FileError, WeightsError } from '../../errors.js';
import { writeAtomically } from '../../files/writeAtomically.js';
import { type Architecture, type Network, weightSpecs } from '../architecture.js';
import type { NamedTensors, Tensor } from '../engine.js';
import { isTrained, type WeightSpec } from '../layers/definition/layerDefinition.js';
import { isOpaque } from '../opaqueNetwork.js';
import { isSlotTensor } from '../optimizers/slotNames.js';
import { requireTensors } from '../requireTensors.js';
import { encodeSafetensors } from '../safetensors/encoding.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';
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

/**
 * Loads a network's weights from any safetensors file of float32 tensors with its names and shapes, written by any program.
 * What an optimizer remembers is passed over in a checkpoint, and how many batches PyTorch has seen with running statistics. A file
 * that ends in `.json` is a model of TensorFlow.js's: its weights are read from the shards beside it.
 *
 * @returns the weights in the order of the layers
 * @throws WeightsError when there is no such file or it is damaged; `WEIGHTS_MISMATCH` with a list when it is another network's
 *
 * @example
 * const network = checkArchitecture(preset('transpose', [28, 28, 1]));
 * const weights = await loadWeights(`${place}/baseline/model.safetensors`, network);
 * console.log([...weights.values()].reduce((sum, { data }) => sum + data.length, 0)); // 1077
 */
export function loadWeights(path: string, network: Network): Promise<NamedTensors> {
  if (path.endsWith('.json')) return loadLayersModelWeights(path, network);
  return withSafetensors(path, (file) => readWeights(file, network, path));
}

/** The weights of a network in a file that is open. @throws WeightsError `WEIGHTS_MISMATCH` */
export function readWeights(file: SafetensorsFile, network: Network, path?: string): Promise<NamedTensors> {
  const specs = specsOf(network, file);
  const isPassedOver = (name: string) => isSlotTensor(name) || isBatchCount(name, specs);
  requireTensors(specs, new Map([...file.tensors].filter(([name]) => !isPassedOver(name))), path);
  return readTensors(file, specs);
}

/** PyTorch counts batches beside running statistics, and reads the number only where these have no momentum. It need not be there. */
function isBatchCount(name: string, specs: readonly WeightSpec[]): boolean {
  const [, layer] = /^(.+)\.num_batches_tracked$/.exec(name) ?? [];
  return layer !== undefined && specs.some((spec) => spec.isStatistic && spec.name.startsWith(`${layer}.`));
}

/** The weights that a network has; of one that does not say, those in the file. With a prefix, the slot of the optimizer that belongs to them. */
export function specsOf(
  network: Network,
  { tensors }: Pick<SafetensorsFile, 'tensors'>,
  prefix = '',
): readonly WeightSpec[] {
  if (!isOpaque(network)) return prefix === '' ? weightSpecs(network) : weightSpecs(network).filter(isTrained);
  return [...tensors]
    .filter(([name]) => (prefix === '' ? !isSlotTensor(name) : name.startsWith(prefix)))
    .map(([name, { shape }]) => ({ name: name.slice(prefix.length), shape }));
}

/** The tensors of these weights; with a prefix, the slot of the optimizer that belongs to them. */
export async function readTensors(
  file: SafetensorsFile,
  specs: readonly WeightSpec[],
  prefix = '',
): Promise<NamedTensors> {
  const tensors = new Map<string, Tensor>();
  for (const { name } of specs) tensors.set(name, await file.read(`${prefix}${name}`));
  return tensors;
}
