import type { OperatorFunction } from 'rxjs';
import type { Batch, ImageShape } from '../../../data/batch.js';
import { requireInteger } from '../../../data/requireInteger.js';
import { OptionError } from '../../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { type AugmentationOptions, augment, type FillOptions } from './augment.js';
import { copyWindow } from './copyWindow.js';

export interface CropOptions extends AugmentationOptions, FillOptions {
  /** Pixels that are added at each of the four sides first, with the fill value. @default 0 */
  readonly padding?: number;
  /** Height and width of what is cut out; a number means a square. @default those of the image */
  readonly size?: number | readonly [height: number, width: number];
}

const OPTIONS: OptionNames<CropOptions> = { seed: true, fill: true, padding: true, size: true };

/**
 * Pads every image at all sides, and cuts a window out of it, at any place in it, all equally likely.
 *
 * ```
 * before   padding 1     one of nine windows of 3 × 3
 * 1 2 3    . . . . .
 * 4 5 6    . 1 2 3 .     . . .
 * 7 8 9    . 4 5 6 .     2 3 .     . is the fill value
 *          . 7 8 9 .     5 6 .
 *          . . . . .
 * ```
 *
 * Bytes or floats `[n, h, w, c]` in; out comes `[n, height, width, c]` of the same type, and `target` is cut alike. A run's stages leave the shape as it is:
 * there `size` is left out.
 *
 * @example
 * import { randomCrop } from 'millrace';
 * import { batchesOf } from 'millrace/testing';
 * import { from } from 'rxjs';
 *
 * from(batchesOf(8, 4, { shape: [32, 32, 3] }))
 *   .pipe(randomCrop({ size: [28, 28], padding: 2, seed: 1 }))
 *   .subscribe((batch) => console.log(batch.shape.join('×'))); // 4×28×28×3 4×28×28×3
 *
 * @throws OptionError where an option is out of range; at the first batch, where the window is larger than the padded image
 * @see torchvision's `RandomCrop(size, padding)`
 */
export function randomCrop(options: CropOptions): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { padding = 0, size, ...common } = options;
  requireInteger('padding', padding, 0);
  const sides = size === undefined ? undefined : sidesOf(size);
  const windowOf = ([height, width, channels]: ImageShape): ImageShape => [...(sides ?? [height, width]), channels];
  return augment({
    ...common,
    kind: 2,
    shape(shape) {
      const window = windowOf(shape);
      if (window[0] > shape[0] + 2 * padding || window[1] > shape[1] + 2 * padding)
        throw new OptionError(
          'size',
          `${window[0]}×${window[1]}`,
          `at most ${shape[0] + 2 * padding}×${shape[1] + 2 * padding}, the image with its padding`,
          'Give a smaller size, or more padding.',
        );
      return window;
    },
    draw(random, shape) {
      const window = windowOf(shape);
      const start = (side: 0 | 1): number =>
        Math.floor(random() * (shape[side] + 2 * padding - window[side] + 1)) - padding;
      const [top, left] = [start(0), start(1)];
      return (from, to) => copyWindow(from, shape, to, window, top, left);
    },
  });
}

function sidesOf(size: number | readonly [number, number]): readonly [number, number] {
  const [height, width, ...more] = Array.isArray(size) ? size : [size, size];
  if (more.length > 0) throw new OptionError('size', size, 'a number, or [height, width]');
  requireInteger('size', height, 1);
  requireInteger('size', width, 1);
  return [height, width];
}
