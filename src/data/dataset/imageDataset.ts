import { createHash } from 'node:crypto';
import type { Batch, ImageShape } from '../batch.js';
import type { BatchOptions, Dataset } from '../dataset.js';
import { requireWhole } from '../requireInteger.js';
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

/** Images of a store, with labels where there are any: the data set behind `mnist`, `idx` and `folder`. */
export class ImageDataset implements Dataset {
  readonly name: string;
  readonly source: string;
  readonly sample: boolean;
  readonly items: number;
  readonly shape: ImageShape;
  readonly labels?: Uint8Array;
  readonly #store: ImageStore;
  #digest: Promise<string> | undefined;

  constructor(identity: DatasetIdentity, shape: ImageShape, store: ImageStore, labels?: Uint8Array) {
    this.name = identity.name;
    this.source = identity.source;
    this.sample = identity.sample;
    this.items = store.items;
    this.shape = shape;
    if (labels !== undefined) this.labels = labels;
    this.#store = store;
  }

  digest(): Promise<string> {
    this.#digest ??= this.#withReader((reader) => digestOf(reader, this.#store));
    return this.#digest;
  }

  /** @throws OptionError when the images asked for are not all there */
  async read(from: number, to: number): Promise<Uint8Array> {
    requireWhole('from', from, 0, this.items);
    requireWhole('to', to, from, this.items);
    return this.#withReader((reader) => reader.read(from, to));
  }

  /**
   * The first `items` images; all, where there are fewer.
   * @throws OptionError when `items` is not a whole number of at least 1
   */
  take(items: number): Dataset {
    requireWhole('items', items, 1);
    if (items >= this.items) return this;
    return new ImageDataset(this, this.shape, firstImages(this.#store, items), this.labels?.subarray(0, items));
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

/** Bytes hashed at once: timers and input get their turn in between. */
const DIGEST_CHUNK = 4 * 2 ** 20;

async function digestOf(reader: ImageReader, { items, imageSize }: ImageStore): Promise<string> {
  const hash = createHash('sha256');
  const step = Math.max(1, Math.floor(DIGEST_CHUNK / imageSize));
  for (let from = 0; from < items; from += step) {
    hash.update(await reader.read(from, Math.min(items, from + step)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return hash.digest('hex');
}
