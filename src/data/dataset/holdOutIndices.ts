import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { hash, permutation } from '../../random.js';
import type { HoldOutOptions } from '../dataset.js';
import { requireInteger } from '../requireInteger.js';

/** Places of the images of both parts, each in ascending order. */
export interface HoldOutIndices {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

const OPTIONS: OptionNames<HoldOutOptions> = { seed: true };

/** Keeps the choice apart from the order that the same seed gives an epoch. */
const HOLD_OUT = hash(0x401d);

/**
 * Chooses `round(items × fraction)` of `items` places for the test part: a function of items, fraction and seed alone.
 * @throws OptionError where the fraction is not between 0 and 1, or leaves a part without an image
 */
export function holdOutIndices(items: number, fraction: number, options: HoldOutOptions = {}): HoldOutIndices {
  requireKnownOptions(options, OPTIONS);
  const { seed = 1 } = options;
  if (!(fraction > 0 && fraction < 1)) throw new OptionError('holdOut', fraction, 'a number between 0 and 1');
  requireInteger('seed', seed);
  const count = Math.round(items * fraction);
  if (count === 0 || count === items)
    throw new OptionError(
      'holdOut',
      `${fraction} of ${items} images, which is ${count}`,
      'an image at least in either part',
      'Give holdOut another value, or more images.',
    );
  const place = permutation(items, HOLD_OUT, seed);
  const test = Uint32Array.from({ length: count }, (_, position) => place(position)).sort();
  const train = new Uint32Array(items - count);
  for (let item = 0, held = 0; item < items; item++) {
    if (item === test[held]) held++;
    else train[item - held] = item;
  }
  return { train, test };
}
