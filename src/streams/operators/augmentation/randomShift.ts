import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../../../data/batch.js';
import { requireInteger } from '../../../data/requireInteger.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { type AugmentationOptions, augment, type FillOptions } from './augment.js';
import { copyWindow } from './copyWindow.js';

export interface ShiftOptions extends AugmentationOptions, FillOptions {
  /** How far an image moves at most, in either direction: a whole number. */
  readonly pixels: number;
}

const OPTIONS: OptionNames<ShiftOptions> = { seed: true, fill: true, pixels: true };

/**
 * Moves every image by whole pixels: down and right by `−pixels` … `pixels` each, all equally likely.
 *
 * ```
 * before     1 down, 2 right
 * 1 2 3 4    . . . .
 * 5 6 7 8    . . 1 2    . is the fill value
 * 9 a b c    . . 5 6
 * ```
 *
 * Bytes or floats `[n, h, w, c]` in, the same out; `target` moves along. What is moved out of the image is lost.
 *
 * @example
 * import { randomShift, run } from 'millrace';
 *
 * const config = { limit: 20, epochs: 1, output: false };
 * const events = run(config, { stages: { randomShift: randomShift({ pixels: 2, seed: 1 }) } });
 * await events.forEach((event) => {
 *   if (event.type === 'end') console.log(event.status); // completed
 * });
 *
 * @throws OptionError where an option is out of range
 */
export function randomShift(options: ShiftOptions): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { pixels, ...common } = options;
  requireInteger('pixels', pixels, 0);
  const distance = (random: () => number): number => Math.floor(random() * (2 * pixels + 1)) - pixels;
  return augment({
    ...common,
    kind: 1,
    draw(random, shape) {
      const [down, right] = [distance(random), distance(random)];
      return (from, to) => copyWindow(from, shape, to, shape, -down, -right);
    },
  });
}
