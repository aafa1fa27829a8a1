// The parameters as the kernels keep them: each layer's weights in the order in which its gradient is computed, padded to
// whole vectors, one after the other. Offsets count values from the beginning of all; the first vector is always zero.
import type { NetworkLayer } from '../../../architecture.js';

/** Where each value of a named tensor lies. */
export interface ParameterPlace {
  readonly name: string;
  readonly offsets: Int32Array;
}

/** The offset that is always zero, for padding. */
export const ZERO_OFFSET = 0;

export class ParameterLayout {
  #next = 4;
  #statistics = 0;
  readonly #places: ParameterPlace[] = [];
  readonly #statisticPlaces: { readonly name: string; readonly first: number; readonly values: number }[] = [];

  /** Values given out so far, a multiple of 4. */
  get length(): number {
    return this.#next;
  }

  get places(): readonly ParameterPlace[] {
    return this.#places;
  }

  /** All bits set where a value is a parameter's, none in between: there gradients are whatever kernels left. */
  mask(): Int32Array {
    const mask = new Int32Array(this.#next);
    for (const { offsets } of this.#places) for (const offset of offsets) mask[offset] = -1;
    return mask;
  }

  /** With the statistics, which lie behind all that is trained. */
  get lengthWithStatistics(): number {
    return this.#next + this.#statistics;
  }

  /** As `places`, of what is kept beside the parameters and not trained; to be asked for when all parameters are known. */
  get statisticPlaces(): readonly ParameterPlace[] {
    return this.#statisticPlaces.map(({ name, first, values }) => ({
      name,
      offsets: Int32Array.from({ length: values }, (_, index) => this.#next + first + index),
    }));
  }

  reserve(values: number): number {
    const offset = this.#next;
    this.#next += Math.ceil(values / 4) * 4;
    return offset;
  }

  /** A tensor that is not trained, its values side by side. @returns its offset, given all parameters are known */
  reserveStatistics(name: string, values: number): () => number {
    const first = this.#statistics;
    this.#statistics += Math.ceil(values / 4) * 4;
    this.#statisticPlaces.push({ name, first, values });
    return () => this.#next + first;
  }

  /** Says where the values of one of a layer's tensors are, in PyTorch's order. */
  place(layer: NetworkLayer, which: 'weight' | 'bias', offsets: Int32Array): void {
    const name = layer.weights[which === 'weight' ? 0 : 1]!.name;
    this.#places.push({ name, offsets });
  }
}
