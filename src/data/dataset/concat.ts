import { DataError, OptionError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import { concatStores } from './concatStores.js';
import { ImageDataset } from './imageDataset.js';
import { digestInPieces } from './imageDigest.js';
import { PairedDataset } from './pairedDataset.js';

/**
 * The images of several data sets as one, in the order in which they are given; nothing is copied. It has labels where all parts have
 * some, targets (see `withTarget`) where all parts have, and is a sample where a part is one.
 *
 * @example
 * import { concat, memoryDataset } from 'millrace';
 *
 * const a = memoryDataset({ name: 'a', shape: [1, 1, 1], pixels: Uint8Array.of(1, 2) });
 * const b = memoryDataset({ name: 'b', shape: [1, 1, 1], pixels: Uint8Array.of(3) });
 * const both = concat(a, b);
 * console.log(both.name, await both.read(1, 3)); // a + b Uint8Array(2) [ 2, 3 ]
 *
 * @throws OptionError without a data set; DataError `DATA_SHAPE` where the images differ in shape, `DATA_PAIRS` where some have targets and
 * others have none
 */
export function concat(...datasets: readonly Dataset[]): Dataset {
  const [first] = datasets;
  if (first === undefined) throw new OptionError('datasets', undefined, 'a data set or more');
  for (const dataset of datasets) requireShapeOf(first, dataset);
  const pairs = datasets.filter((dataset) => dataset instanceof PairedDataset);
  if (pairs.length > 0) {
    if (pairs.length < datasets.length) throw notAllPaired(datasets);
    return new PairedDataset(
      concat(...pairs.map(({ images }) => images)),
      concat(...pairs.map(({ target }) => target)),
    );
  }
  const identity = {
    name: datasets.map(({ name }) => name).join(' + '),
    source: datasets.map(({ source }) => source).join(' + '),
    sample: datasets.some(({ sample }) => sample),
  };
  const stores = datasets.map((dataset) => ImageDataset.storeOf(dataset));
  return new ImageDataset(identity, first.shape, concatStores(stores), labelsOf(datasets), digestInPieces);
}

function requireShapeOf(first: Dataset, { name, shape }: Dataset): void {
  if (shape.join() === first.shape.join()) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    problem: `${name} behind ${first.name}`,
    expected: `images of ${first.shape.join('×')}`,
    actual: shape.join('×'),
    advice: 'Bring the images to one shape with map before they are put together.',
  });
}

function notAllPaired(datasets: readonly Dataset[]): DataError {
  const without = datasets.find((dataset) => !(dataset instanceof PairedDataset));
  return new DataError({
    code: 'DATA_PAIRS',
    problem: `${without?.name} has no targets, as others that it is put together with have`,
    advice: 'Give it some with withTarget: an image can be its own.',
  });
}

function labelsOf(datasets: readonly Dataset[]): Uint8Array | undefined {
  const labels = datasets.flatMap((dataset) => (dataset.labels === undefined ? [] : [dataset.labels]));
  if (labels.length < datasets.length) return undefined;
  const joined = new Uint8Array(labels.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of labels) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
