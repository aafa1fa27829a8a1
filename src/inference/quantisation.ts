// Latents as whole numbers of a few bits: each channel over its range.
import { OptionError } from '../errors.js';

/** The least and the greatest value of each channel. */
export interface ChannelRanges {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
}

/** How whole numbers stand for latents: `minimum + code × step`, by channel. */
export interface Quantisation {
  /** 2 to 16. */
  readonly bits: number;
  readonly minimum: Float32Array;
  /** 0 where a channel has one value only. */
  readonly step: Float32Array;
}

/** Whole numbers of at most 8 bits, or of more. */
export type Codes = Uint8Array | Uint16Array;

/** @throws OptionError unless it is a whole number from 2 to 16 */
export function requireBits(bits: number): void {
  if (!(Number.isInteger(bits) && bits >= 2 && bits <= 16))
    throw new OptionError('bits', bits, 'a whole number from 2 to 16');
}

/** Levels that divide each channel's range evenly. @throws OptionError as `requireBits` */
export function quantisationOf({ minimum, maximum }: ChannelRanges, bits: number): Quantisation {
  requireBits(bits);
  const levels = 2 ** bits - 1;
  return { bits, minimum, step: minimum.map((least, channel) => (maximum[channel]! - least) / levels) };
}

/** The nearest levels; what lies outside of the ranges is brought to their ends. @param latents channels last */
export function encodeCodes(latents: Float32Array, { bits, minimum, step }: Quantisation): Codes {
  const most = 2 ** bits - 1;
  const codes = bits <= 8 ? new Uint8Array(latents.length) : new Uint16Array(latents.length);
  const channels = minimum.length;
  for (let at = 0, channel = 0; at < latents.length; at++) {
    const size = step[channel]!;
    const level = size > 0 ? Math.round((latents[at]! - minimum[channel]!) / size) : 0;
    codes[at] = Math.max(0, Math.min(most, level));
    channel = channel + 1 === channels ? 0 : channel + 1;
  }
  return codes;
}

/** What codes stand for. */
export function decodeCodes(codes: Codes, { minimum, step }: Quantisation): Float32Array {
  const channels = minimum.length;
  return Float32Array.from(codes, (code, at) => minimum[at % channels]! + code * step[at % channels]!);
}
