import type { ChannelRanges } from './quantisation.js';

/** Finds the ranges of channels, batch by batch. Values that are not finite are passed over. */
export class RangeTally {
  readonly #minimum: Float32Array;
  readonly #maximum: Float32Array;

  /** @param channels the last side of the latents' shape */
  constructor(channels: number) {
    this.#minimum = new Float32Array(channels).fill(Number.POSITIVE_INFINITY);
    this.#maximum = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  }

  /** @param latents channels last */
  add(latents: Float32Array): void {
    const channels = this.#minimum.length;
    for (let at = 0, channel = 0; at < latents.length; at++) {
      const value = latents[at]!;
      if (Number.isFinite(value)) {
        if (value < this.#minimum[channel]!) this.#minimum[channel] = value;
        if (value > this.#maximum[channel]!) this.#maximum[channel] = value;
      }
      channel = channel + 1 === channels ? 0 : channel + 1;
    }
  }

  /** Of a channel without a value it is 0 to 0. */
  result(): ChannelRanges {
    const orZero = (value: number): number => (Number.isFinite(value) ? value : 0);
    return { minimum: this.#minimum.map(orZero), maximum: this.#maximum.map(orZero) };
  }
}
