import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../../../data/batch.js';
import { OptionError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { type AugmentationOptions, augment, type FillOptions } from './augment.js';
import { rotate } from './rotate.js';

export interface RotateOptions extends AugmentationOptions, FillOptions {
  /** How far an image is turned at most, in either direction: 0 to 180. */
  readonly degrees: number;
}

const OPTIONS: OptionNames<RotateOptions> = { seed: true, fill: true, degrees: true };

/**
 * Turns every image about its centre, by an angle between `−degrees` and `degrees`, all equally likely. Between pixels it interpolates
 * bilinearly; bytes are rounded. What is turned out of the image is lost, what is turned in has the fill value.
 *
 * ```
 * before       90° counter-clockwise    90° clockwise
 * . . . . .    . . 4 . .               . . 1 . .
 * . . . . .    . . 3 . .               . . 2 . .
 * 1 2 . 3 4    . . . . .               . . . . .
 * . . . . .    . . 2 . .               . . 3 . .
 * . . . . .    . . 1 . .               . . 4 . .
 * ```
 *
 * Bytes or floats `[n, h, w, c]` in, the same out; `target` is turned alike.
 *
 * @example
 * import { mnist, pipeline, randomRotate, randomShift } from 'millrace';
 * import { take } from 'rxjs';
 *
 * const { train } = await mnist();
 * const batches = pipeline(
 *   train.batches({ size: 20, epochs: 30, shuffle: { seed: 1 } }),
 *   randomRotate({ degrees: 10, seed: 1 }),
 *   randomShift({ pixels: 2, seed: 2 }),
 *   take(1),
 * );
 * await batches.forEach((batch) => console.log(batch.shape.join('×'))); // 20×28×28×1
 *
 * @throws OptionError where an option is out of range
 */
export function randomRotate(options: RotateOptions): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { degrees, ...common } = options;
  if (!(degrees >= 0 && degrees <= 180)) throw new OptionError('degrees', degrees, 'a number from 0 to 180');
  const { fill = 0 } = common;
  return augment({
    ...common,
    kind: 4,
    draw(random, shape) {
      const angle = ((2 * random() - 1) * degrees * Math.PI) / 180;
      return (from, to) => rotate(from, to, shape, angle, fill);
    },
  });
}
