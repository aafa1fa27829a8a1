import type { Source } from '../../data/source.js';
import { OptionError } from '../../errors.js';
import { shapeSize } from '../../model/layers/definition/layerShape.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { LatentBatch } from '../latentBatch.js';
import type { Model } from '../model.js';
import { latentSource, requireCount } from './latentSource.js';

export interface InterpolateOptions {
  /** The latents of one image. */
  readonly from: Float32Array;
  /** … and of another. */
  readonly to: Float32Array;
  /** How many there are, both ends among them. @default 10 */
  readonly steps?: number | undefined;
  /** How many a batch has. @default 256 */
  readonly size?: number | undefined;
}

const OPTIONS: OptionNames<InterpolateOptions> = { from: true, to: true, steps: true, size: true };

/**
 * Latents evenly spaced on the line between two: a source for `pipeline`, from which `decode(model)` makes one image become the other.
 *
 * @throws OptionError where an option is out of range, or the ends are no latents of this model
 *
 * @example
 * const model = new Model(engine);
 * const latents = model.encode(await digits.train.read(0, 2));
 * const ends = { from: latents.subarray(0, 4), to: latents.subarray(4) };
 * const { length } = await firstValueFrom(pipeline(interpolateLatents(model, { ...ends, steps: 5 }), decode(model)));
 * console.log(length); // 5
 */
export function interpolateLatents(model: Model, options: InterpolateOptions): Source<LatentBatch> {
  requireKnownOptions(options, OPTIONS);
  const { from, to, steps = 10, size = 256 } = options;
  requireInterpolation({ steps, size });
  const values = shapeSize(model.latentShape);
  for (const [option, end] of Object.entries({ from, to }))
    if (!(end instanceof Float32Array && end.length === values))
      throw new OptionError(option, end, `a Float32Array of ${values} values, the latents of one image`);
  return latentSource(model, {
    items: steps,
    size,
    write(item, latents) {
      const share = item / (steps - 1);
      for (let at = 0; at < values; at++) latents[at] = (1 - share) * from[at]! + share * to[at]!;
    },
  });
}

/** What can be told without the model. @throws OptionError */
export function requireInterpolation({ steps, size }: Pick<InterpolateOptions, 'steps' | 'size'>): void {
  if (steps !== undefined) requireCount('steps', steps, 2);
  if (size !== undefined) requireCount('size', size, 1);
}
