import type { Batch, ImageShape } from '../../batch.js';
import type { StreamBatchOptions } from '../../imageStream.js';

export interface StreamItem {
  readonly pixels: Uint8Array;
  /** Place in the stream. */
  readonly place: number;
}

/** Makes batches of the items of a stream, and epochs of so many items. Holds one batch. */
export class EpochBatcher {
  readonly #shape: ImageShape;
  readonly #size: number;
  readonly #dropLast: boolean;
  /** Items of the present epoch that are still to come. */
  #missing: number;
  readonly #epochItems: number;
  #items: StreamItem[] = [];
  #epoch = 1;
  #index = 0;

  constructor(shape: ImageShape, { size = 20, dropLast = false, epochItems = Infinity }: StreamBatchOptions) {
    this.#shape = shape;
    this.#size = size;
    this.#dropLast = dropLast;
    this.#epochItems = epochItems;
    this.#missing = epochItems;
  }

  /** Takes an item in; gives the batch that it completes. */
  push(item: StreamItem): Batch | undefined {
    this.#items.push(item);
    this.#missing -= 1;
    if (this.#missing === 0) return this.#endEpoch();
    return this.#items.length === this.#size ? this.#take() : undefined;
  }

  /** What is left when the stream is over. */
  flush(): Batch | undefined {
    return this.#items.length === 0 || this.#dropLast ? undefined : this.#take();
  }

  #endEpoch(): Batch | undefined {
    const isLeftOut = this.#dropLast && this.#items.length < this.#size;
    const last = this.#take();
    this.#epoch += 1;
    this.#index = 0;
    this.#missing = this.#epochItems;
    return isLeftOut ? undefined : last;
  }

  #take(): Batch {
    const items = this.#items;
    this.#items = [];
    return {
      pixels: new Uint8Array(Buffer.concat(items.map(({ pixels }) => pixels))),
      shape: [items.length, ...this.#shape],
      length: items.length,
      indices: Uint32Array.from(items, ({ place }) => place),
      epoch: this.#epoch,
      index: this.#index++,
    };
  }
}
