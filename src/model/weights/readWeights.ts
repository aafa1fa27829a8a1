import { quote } from '../../text/quote.js';
import { type Network, weightSpecs } from '../architecture.js';
import type { NamedTensors, Tensor } from '../engine.js';
import { isTrained, type WeightSpec } from '../layers/definition/layerDefinition.js';
import { isOpaque } from '../opaqueNetwork.js';
import { isSlotTensor } from '../optimizers/slotNames.js';
import { requireTensors } from '../requireTensors.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';
import { weightsError } from '../safetensors/weightsError.js';
import { pairByOrder, type WeightSource } from './pairByOrder.js';
import { type StoredTensor, storedTensors } from './storedTensors.js';

/** How weights of others are taken. */
export interface WeightNaming {
  /** Takes weights with other names by their shapes and order, in PyTorch's layouts or Keras's. @default they are offered so, and refused */
  readonly rename?: boolean | undefined;
}

/**
 * The weights of a network in a file that is open: its own names, or those with prefixes of wrappers, floats of any size.
 * @throws WeightsError `WEIGHTS_MISMATCH`, `WEIGHTS_NAMES` where only the names are others
 */
export async function readWeights(
  file: SafetensorsFile,
  network: Network,
  path?: string,
  { rename = false }: WeightNaming = {},
): Promise<NamedTensors> {
  const specs = specsOf(network, file);
  const sources = sourcesOf(specs, network, storedTensors(file, specs), rename, path);
  const weights = new Map<string, Tensor>();
  for (const { name, shape } of specs) {
    const { stored, convert } = sources.get(name)!;
    const { data } = await file.read(stored);
    weights.set(name, { shape, data: convert?.(data) ?? data });
  }
  return weights;
}

function sourcesOf(
  specs: readonly WeightSpec[],
  network: Network,
  found: ReadonlyMap<string, StoredTensor>,
  rename: boolean,
  path: string | undefined,
): ReadonlyMap<string, WeightSource> {
  const isNamed = specs.every(({ name }) => found.has(name));
  const pairs = isNamed || isOpaque(network) ? undefined : pairByOrder(network, found);
  if (pairs === undefined) {
    requireTensors(specs, found, path);
    return found;
  }
  if (rename) return pairs;
  throw otherNames(pairs, path);
}

/** Pairs that a message lists. */
const LISTED = 4;

function otherNames(pairs: ReadonlyMap<string, WeightSource>, path: string | undefined) {
  const listed = [...pairs].slice(0, LISTED).map(([name, { stored }]) => `${quote(stored)} for ${name}`);
  const more = pairs.size > LISTED ? ` and ${pairs.size - LISTED} more` : '';
  return weightsError('WEIGHTS_NAMES', path, {
    expected: "the names of this network's weights",
    actual: `others, with the same shapes in the same order: ${listed.join('; ')}${more}`,
    advice: 'If that is what they are, take them so with rename (--rename).',
  });
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
