import { DataError } from '../../errors.js';
import type { Dataset } from '../dataset.js';
import { concat } from './concat.js';
import { PairedDataset } from './pairedDataset.js';

/**
 * Images with what the network is to make of them: the clean image of each noisy one, the sharp of each blurred one. Batches carry it as
 * `target`, with which the reconstruction is compared, in training and in tests. What is done with the set, such as `slice`, `map` and
 * `holdOut`, is done with both.
 *
 * @param images what goes into the network
 * @param target as many images of the same shape in the same order; where both sets have `names`, these are the same but for their endings
 *
 * @example
 * import { memoryDataset, withTarget } from 'millrace';
 *
 * const noisy = memoryDataset({ shape: [1, 2, 1], pixels: Uint8Array.of(10, 200, 30, 250) });
 * const clean = memoryDataset({ shape: [1, 2, 1], pixels: Uint8Array.of(0, 255, 0, 255) });
 * const { train, test } = withTarget(noisy, clean).holdOut(0.5);
 * console.log(train.items, test.items); // 1 1
 *
 * @throws DataError `DATA_PAIRS` where the two differ in number, shape or names
 */
export function withTarget(images: Dataset, target: Dataset): Dataset {
  const difference = differenceOf(images, target);
  if (difference === undefined) return new PairedDataset(derivable(images), derivable(target));
  const [expected, actual] = difference;
  throw new DataError({
    code: 'DATA_PAIRS',
    path: target.source,
    expected,
    actual,
    advice: 'Every image needs its target: as many images, of the same shape, in the same order or of the same names.',
  });
}

/** A `Dataset` made by hand may lack `slice` and the others. */
function derivable(dataset: Dataset): Dataset {
  return typeof dataset.holdOut === 'function' ? dataset : concat(dataset);
}

/** What was expected of the target, and what it has. */
function differenceOf(images: Dataset, target: Dataset): readonly [expected: string, actual: string] | undefined {
  const from = `as in ${images.source}`;
  if (images.items !== target.items) return [`${images.items} images, ${from}`, `${target.items}`];
  if (images.shape.join() !== target.shape.join())
    return [`images of ${images.shape.join('×')}, ${from}`, target.shape.join('×')];
  const other = images.names?.findIndex((name, place) => stem(name) !== stem(target.names?.[place] ?? name)) ?? -1;
  return other < 0 ? undefined : [`an image named ${stem(images.names![other]!)}, ${from}`, target.names![other]!];
}

/** `cats/1` of `cats/1.png`: a clean image may be of another type. */
function stem(name: string): string {
  return name.replace(/\.[^./]+$/, '');
}
