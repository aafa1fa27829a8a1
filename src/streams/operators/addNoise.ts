import { map, type OperatorFunction } from 'rxjs';
import { type Batch, imageSize } from '../../data/batch.js';
import { requireBatch } from '../../data/requireBatch.js';
import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import { hash, normalTable } from '../../random.js';

export interface NoiseOptions {
  /** Standard deviation of the noise, in units of full brightness (0..1). @default 0.5 */
  readonly factor?: number;
  /** Noise is a function of (seed, epoch, item index), whatever batch the item lands in. */
  readonly seed: number;
}

const OPTIONS: OptionNames<NoiseOptions> = { factor: true, seed: true };

/**
 * Adds Gaussian noise to every batch and keeps the clean pixels as what to reconstruct.
 *
 * Input and output have the same shape `[n, h, w, c]`. `pixels` becomes Float32 in 0..1, clipped;
 * `target` becomes the pixels that came in, unless an earlier operator has set one.
 *
 * @throws OptionError when `factor` is negative or not finite. Errors with `BATCH` for what is no batch
 * @see "Denoising autoencoder" in the reference notebook: clip(x + factor × N(0, 1), 0, 1)
 *
 * @example
 * const noisy = pipeline(digits.train.batches({ size: 20 }), addNoise({ factor: 0.5, seed: 1 }));
 * const { pixels, target } = await firstValueFrom(noisy);
 * console.log(pixels.constructor.name, target.constructor.name); // Float32Array Uint8Array
 */
export function addNoise(options: NoiseOptions): OperatorFunction<Batch, Batch> {
  requireKnownOptions(options, OPTIONS);
  const { factor = 0.5, seed } = options;
  if (!(factor >= 0 && factor < Infinity)) throw new OptionError('factor', factor, 'a finite number, 0 or more');
  return map((batch) => {
    requireBatch(batch);
    return { ...batch, pixels: noisy(batch, factor, seed), target: batch.target ?? batch.pixels };
  });
}

function noisy({ pixels, shape, indices, epoch }: Batch, factor: number, seed: number): Float32Array {
  const [items, height, width, channels] = shape;
  const size = imageSize([height, width, channels]);
  const unit = pixels instanceof Uint8Array ? 1 / 255 : 1;
  const normal = normalTable();
  const result = new Float32Array(pixels.length);
  for (let item = 0; item < items; item++) {
    let state = hash(seed, epoch, indices[item]!);
    // A step of its own for each item: with a common one, two items' noise could be the same, shifted.
    const step = hash(state) | 1;
    const end = (item + 1) * size;
    for (let at = item * size; at < end; at += 2) {
      state = (state + step) | 0;
      const bits = mixed(state);
      result[at] = clipped(pixels[at]! * unit + factor * normal[bits & 0xffff]!);
      if (at + 1 < end) result[at + 1] = clipped(pixels[at + 1]! * unit + factor * normal[bits >>> 16]!);
    }
  }
  return result;
}

/** The finaliser of murmur3: every bit of the argument bears on every bit of the result. */
function mixed(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** `max(0, min(1, value))` without a branch: noise makes branches unpredictable (90,000 images/s with them, 210,000 without). */
function clipped(value: number): number {
  const atLeast0 = (value + Math.abs(value)) / 2;
  const missing = 1 - atLeast0;
  return 1 - (missing + Math.abs(missing)) / 2;
}
