import { WeightsError } from '../errors.js';
import { quote } from '../text/quote.js';
import { formatEntry, type TensorEntry } from './safetensors/header.js';

/** Differences that a message lists on either side. */
const LISTED = 6;

/**
 * Refuses tensors that are not exactly the expected ones: float32, of these names and shapes.
 * @param path the file they are from, for errors
 * @throws WeightsError `WEIGHTS_MISMATCH` that lists what was expected and found, where they differ
 */
export function requireTensors(
  expected: readonly { readonly name: string; readonly shape: readonly number[] }[],
  found: ReadonlyMap<string, Pick<TensorEntry, 'dtype' | 'shape'>>,
  path?: string,
): void {
  const wanted = new Map(expected.map(({ name, shape }) => [name, formatEntry({ dtype: 'F32', shape })]));
  const present = new Map([...found].map(([name, entry]) => [name, formatEntry(entry)]));
  const missing = differences(wanted, present);
  const surplus = differences(present, wanted);
  if (missing.length === 0 && surplus.length === 0) return;
  throw new WeightsError({
    code: 'WEIGHTS_MISMATCH',
    ...(path === undefined ? {} : { path }),
    problem: 'the weights are of another network',
    expected: list(missing) ?? 'nothing more than this network has',
    actual: list(surplus) ?? 'none of them',
    advice: 'Use the architecture that the weights were trained with.',
  });
}

function differences(from: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  return [...from]
    .filter(([name, entry]) => other.get(name) !== entry)
    .map(([name, entry]) => `${quote(name)} ${entry}`);
}

function list(tensors: readonly string[]): string | undefined {
  if (tensors.length === 0) return undefined;
  const listed = tensors.slice(0, LISTED).join('; ');
  return tensors.length > LISTED ? `${listed} and ${tensors.length - LISTED} more` : listed;
}
