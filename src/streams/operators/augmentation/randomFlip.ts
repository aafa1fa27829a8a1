import type { OperatorFunction } from 'rxjs';
import type { Batch, ImageShape, Pixels } from '../../../data/batch.js';
import { OptionError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions, wrongChoice } from '../../../options.js';
import { type AugmentationOptions, augment } from './augment.js';

const DIRECTIONS = ['horizontal', 'vertical', 'both'] as const;

export interface FlipOptions extends AugmentationOptions {
  /** `horizontal` swaps left and right, `vertical` top and bottom; `both` decides on each by itself. @default 'horizontal' */
  readonly direction?: (typeof DIRECTIONS)[number];
  /** How likely an image is to be flipped, 0 to 1. @default 0.5 */
  readonly probability?: number;
}

const OPTIONS: OptionNames<FlipOptions> = { seed: true, direction: true, probability: true };

/**
 * Mirrors some of the images.
 *
 * ```
 * before   horizontal   vertical
 * 1 2 3    3 2 1        4 5 6
 * 4 5 6    6 5 4        1 2 3
 * ```
 *
 * Bytes or floats `[n, h, w, c]` in, the same out; `target` is mirrored alike. Labels stay: it suits things that look alike
 * in a mirror, which digits and letters do not.
 *
 * @example
 * import { fromIterable, pipeline, randomFlip } from 'millrace';
 * import { batchOf } from 'millrace/testing';
 *
 * const events = pipeline(fromIterable([batchOf(1, { shape: [1, 3, 1] })]), randomFlip({ probability: 1, seed: 1 }));
 * await events.forEach(({ pixels }) => console.log(pixels)); // Uint8Array(3) [ 2, 1, 0 ]
 *
 * @throws OptionError where an option is out of range
 */
export function randomFlip(options: FlipOptions): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { direction = 'horizontal', probability = 0.5, ...common } = options;
  if (!DIRECTIONS.includes(direction)) throw wrongChoice('direction', direction, DIRECTIONS);
  if (!(probability >= 0 && probability <= 1))
    throw new OptionError('probability', probability, 'a number from 0 to 1');
  return augment({
    ...common,
    kind: 3,
    draw(random, shape) {
      const [horizontal, vertical] = [random() < probability, random() < probability];
      return (from, to) =>
        flip(from, to, shape, direction !== 'vertical' && horizontal, direction !== 'horizontal' && vertical);
    },
  });
}

function flip(
  from: Pixels,
  to: Pixels,
  [height, width, channels]: ImageShape,
  horizontal: boolean,
  vertical: boolean,
): void {
  for (let row = 0; row < height; row++) {
    const start = (vertical ? height - 1 - row : row) * width;
    for (let column = 0; column < width; column++) {
      const source = (start + (horizontal ? width - 1 - column : column)) * channels;
      const target = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) to[target + channel] = from[source + channel]!;
    }
  }
}
