import type { Source } from '../../data/source.js';
import { OptionError } from '../../errors.js';
import { shapeSize } from '../../model/layers/definition/layerShape.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { gaussian, hash } from '../../random.js';
import { cholesky } from '../../statistics/cholesky.js';
import type { Spread } from '../../statistics/covarianceTally.js';
import type { LatentBatch } from '../latentBatch.js';
import type { Model } from '../model.js';
import { latentSource, requireCount } from './latentSource.js';

export interface SampleOptions {
  /** How many. @default 100 */
  readonly count?: number | undefined;
  /** What is drawn depends on it, and on the place in the order: more of them begin alike. @default 1 */
  readonly seed?: number | undefined;
  /** Mean and covariance that they are drawn with: `fitLatents` finds those of images. @default N(0, 1), where the network is variational */
  readonly spread?: Spread | undefined;
  /** How many a batch has. @default 256 */
  readonly size?: number | undefined;
}

const OPTIONS: OptionNames<SampleOptions> = { count: true, seed: true, spread: true, size: true };

/**
 * Latents drawn at random, normally distributed: a source for `pipeline`, from which `decode(model)` makes images that no one has
 * seen.
 *
 * @throws OptionError where an option is out of range, where the network is not variational and no `spread` is given, or where this is
 * of other latents
 *
 * @example
 * const model = new Model(engine);
 * const spread = await fitLatents(model, digits.train.batches());
 * const drawn = pipeline(sampleLatents(model, { count: 10, seed: 7, spread }), decode(model));
 * const { length, reconstruction } = await firstValueFrom(drawn);
 * console.log(length, reconstruction.length === 10 * 4); // 10 true
 */
export function sampleLatents(model: Model, options: SampleOptions = {}): Source<LatentBatch> {
  requireKnownOptions(options, OPTIONS);
  const { count = 100, seed = 1, spread, size = 256 } = options;
  requireSampling({ count, seed, size });
  requireSpread(model, spread);
  const draw = spread === undefined ? writeStandard : drawnFrom(spread);
  const write = (item: number, latents: Float32Array): void => draw(gaussian(hash(seed, item)), latents);
  return latentSource(model, { items: count, size, write });
}

/** What can be told without the model. @throws OptionError */
export function requireSampling({ count, seed, size }: Omit<SampleOptions, 'spread'>): void {
  if (count !== undefined) requireCount('count', count, 1);
  if (size !== undefined) requireCount('size', size, 1);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0 && seed <= 0xffffffff))
    throw new OptionError('seed', seed, 'a whole number, 0 to 4294967295');
}

type Draw = (next: () => number, latents: Float32Array) => void;

const writeStandard: Draw = (next, latents) => {
  for (let at = 0; at < latents.length; at++) latents[at] = next();
};

/** mean + L z: L Lᵀ is the covariance, z are independent. */
function drawnFrom({ mean, covariance }: Spread): Draw {
  const size = mean.length;
  const lower = cholesky(covariance, size);
  const independent = new Float64Array(size);
  return (next, latents) => {
    for (let at = 0; at < size; at++) independent[at] = next();
    for (let row = 0; row < size; row++) {
      let value = mean[row]!;
      for (let at = 0; at <= row; at++) value += lower[row * size + at]! * independent[at]!;
      latents[row] = value;
    }
  };
}

/** Whether a network was trained so that its latents are N(0, 1). */
export function isVariational({ network: { encoder } }: Model): boolean {
  return encoder.at(-1)?.layer.type === 'variational';
}

function requireSpread(model: Model, spread: Spread | undefined): void {
  if (spread === undefined && !isVariational(model))
    throw new OptionError(
      'spread',
      spread,
      'mean and covariance of latents, since this network is not variational',
      'fitLatents finds those of images that it was trained on.',
    );
  const size = shapeSize(model.latentShape);
  if (spread !== undefined && !(spread?.mean?.length === size && spread.covariance?.length === size ** 2))
    throw new OptionError('spread', spread, `mean and covariance of ${size} values, as this model's latents have`);
}
