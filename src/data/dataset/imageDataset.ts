import type { Batch, ImageShape } from '../batch.js';
import type { BatchOptions, Dataset } from '../dataset.js';
import { requireInteger } from '../requireInteger.js';
import type { Source } from '../source.js';
import { batchOrder } from './batchOrder.js';
import { batchSource } from './batchSource.js';
import { firstImages, type ImageReader, type ImageStore } from './imageStore.js';

/** What a data set says of itself. */
export interface DatasetIdentity {
  readonly name: string;
  readonly source: string;
  readonly sample: boolean;
}

/** The sha256 of all images, in lower-case hexadecimal. */
export type ImageDigest = (reader: ImageReader, store: ImageStore) => Promise<string>;

/** Images of a store, with labels where there are any: the data set behind `mnist`, `idx` and `folder`. */
export class ImageDataset implements Dataset {
  readonly name: string;
  readonly source: string;
  readonly sample: boolean;
  readonly items: number;
  readonly shape: ImageShape;
  readonly labels?: Uint8Array;
  readonly #store: ImageStore;
  readonly #digestOf: ImageDigest;
  #digest: Promise<string> | undefined;

  constructor(
    identity: DatasetIdentity,
    shape: ImageShape,
    store: ImageStore,
    labels?: Uint8Array,
    digestOf: ImageDigest = digestOfAll,
  ) {
    this.name = identity.name;
    this.source = identity.source;
    this.sample = identity.sample;
    this.items = store.items;
    this.shape = shape;
    if (labels !== undefined) this.labels = labels;
    this.#store = store;
    this.#digestOf = digestOf;
  }

  digest(): Promise<string> {
    this.#digest ??= this.#withReader((reader) => this.#digestOf(reader, this.#store));
    return this.#digest;
  }

  /** @throws OptionError when the images asked for are not all there */
  async read(from: number, to: number): Promise<Uint8Array> {
    requireInteger('from', from, 0, this.items);
    requireInteger('to', to, from, this.items);
    return this.#withReader((reader) => reader.read(from, to));
  }

  /**
   * The first `items` images; all, where there are fewer.
   * @throws OptionError when `items` is not a whole number of at least 1
   */
  take(items: number): Dataset {
    requireInteger('items', items, 1);
    if (items >= this.items) return this;
    const labels = this.labels?.subarray(0, items);
    return new ImageDataset(this, this.shape, firstImages(this.#store, items), labels, this.#digestOf);
  }

  batches(options?: BatchOptions): Source<Batch> {
    const { shape, labels } = this;
    return batchSource({ store: this.#store, shape, ...(labels === undefined ? {} : { labels }) }, options);
  }

  batchesPerEpoch(options?: BatchOptions): number {
    return batchOrder(this.items, options).batchesPerEpoch;
  }

  async #withReader<R>(use: (reader: ImageReader) => R | Promise<R>): Promise<R> {
    const reader = await this.#store.open(new AbortController().signal);
    try {
      return await use(reader);
    } finally {
      await reader.close();
    }
  }
}

/** Where the platform hashes bytes in parts, a better way can be given. */
async function digestOfAll(reader: ImageReader, { items }: ImageStore): Promise<string> {
  const bytes = (await reader.read(0, items)) as Uint8Array<ArrayBuffer>;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
