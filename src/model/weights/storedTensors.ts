// The tensors of a file under the names that they would have here.
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { isSlotTensor } from '../optimizers/slotNames.js';
import { isFloatDtype } from '../safetensors/floatValues.js';
import type { TensorEntry } from '../safetensors/header.js';
import type { SafetensorsFile } from '../safetensors/safetensorsFile.js';

/** A tensor of a file that may be a weight. */
export interface StoredTensor extends Pick<TensorEntry, 'shape'> {
  /** Its name in the file. */
  readonly stored: string;
  /** F32 also for what becomes it when it is read. */
  readonly dtype: TensorEntry['dtype'];
}

/** What wrappers put before the names of a model's weights: DataParallel, torch.compile, and classes that keep it as `model`. */
const PREFIXES = /^(?:(?:module|_orig_mod|model)\.)+/;

/**
 * Those that may be weights. What an optimizer remembers is left out, and how many batches PyTorch has seen with running statistics;
 * prefixes of wrappers are left out of the names where the network's own are behind them.
 */
export function storedTensors(
  { tensors }: Pick<SafetensorsFile, 'tensors'>,
  specs: readonly WeightSpec[],
): ReadonlyMap<string, StoredTensor> {
  const stored = [...tensors].map(([name, { dtype, shape }]) => {
    const entry: StoredTensor = { stored: name, shape, dtype: isFloatDtype(dtype) ? 'F32' : dtype };
    return [name, entry] as const;
  });
  const named = withoutPrefixes(stored, specs);
  return new Map([...named].filter(([name]) => !isSlotTensor(name) && !isBatchCount(name, specs)));
}

function withoutPrefixes(
  stored: readonly (readonly [string, StoredTensor])[],
  specs: readonly WeightSpec[],
): ReadonlyMap<string, StoredTensor> {
  const asTheyAre = new Map(stored);
  if (specs.every(({ name }) => asTheyAre.has(name))) return asTheyAre;
  const stripped = new Map(stored.map(([name, tensor]) => [name.replace(PREFIXES, ''), tensor]));
  // Two that would get one name are two tensors still.
  return stripped.size === asTheyAre.size ? stripped : asTheyAre;
}

/** PyTorch counts batches beside running statistics, and reads the number only where these have no momentum. It need not be there. */
function isBatchCount(name: string, specs: readonly WeightSpec[]): boolean {
  const [, layer] = /^(.+)\.num_batches_tracked$/.exec(name) ?? [];
  return layer !== undefined && specs.some((spec) => spec.isStatistic && spec.name.startsWith(`${layer}.`));
}
