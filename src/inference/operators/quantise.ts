import { map, type OperatorFunction } from 'rxjs';
import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { Latents } from '../latentBatch.js';
import {
  type ChannelRanges,
  type Codes,
  decodeCodes,
  encodeCodes,
  type Quantisation,
  quantisationOf,
} from '../quantisation.js';

export interface QuantiseOptions {
  /** Bits of a code, 2 to 16. @default 8 */
  readonly bits?: number;
  /** The range of each channel, the last side of the latents' shape: what lies outside is brought to its ends. */
  readonly ranges: ChannelRanges;
}

const OPTIONS: OptionNames<QuantiseOptions> = { bits: true, ranges: true };

/** What `quantise` adds to a batch. */
export interface Quantised {
  /** A whole number for each latent: Uint8Array up to 8 bits, Uint16Array above. */
  readonly codes: Codes;
  /** What the codes stand for: `minimum + code × step`, by channel. */
  readonly quantisation: Quantisation;
}

/**
 * Brings latents to 2^bits evenly spaced levels of their channel's range, and adds the levels' numbers to each batch.
 *
 * `latents` becomes what the codes stand for, off by half a level at most; `codes` and `quantisation` are added. Synchronous.
 * @throws OptionError where `bits` is no whole number from 2 to 16, or `ranges` are none
 *
 * @example
 * const model = new Model(engine);
 * const ranges = { minimum: Float32Array.of(0), maximum: Float32Array.of(1) };
 * const coarse = pipeline(digits.train.batches({ size: 20 }), encode(model), quantise({ bits: 4, ranges }));
 * const { codes, latents } = await firstValueFrom(coarse);
 * console.log(codes.length, latents.every((value, at) => Math.abs(value - codes[at] / 15) < 1e-6)); // 80 true
 */
export function quantise<Batch extends Latents>(options: QuantiseOptions): OperatorFunction<Batch, Batch & Quantised> {
  requireKnownOptions(options, OPTIONS);
  const { bits = 8, ranges } = options;
  if (!(ranges?.minimum instanceof Float32Array && ranges.maximum?.length === ranges.minimum.length))
    throw new OptionError('ranges', ranges, 'minimum and maximum of each channel, two Float32Arrays');
  const quantisation = quantisationOf(ranges, bits);
  return map((batch) => {
    const codes = encodeCodes(batch.latents, quantisation);
    return { ...batch, latents: decodeCodes(codes, quantisation), codes, quantisation };
  });
}
