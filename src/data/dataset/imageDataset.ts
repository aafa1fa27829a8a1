import { OptionError } from '../../errors.js';
import { type OptionNames, requireKnownOptions } from '../../options.js';
import type { Batch, ImageShape } from '../batch.js';
import type { BatchOptions, Dataset, DatasetPair, HoldOutOptions, MapOptions } from '../dataset.js';
import { requireImageShape } from '../requireImageShape.js';
import { requireInteger } from '../requireInteger.js';
import type { Source } from '../source.js';
import { batchOrder } from './batchOrder.js';
import { batchSource } from './batchSource.js';
import { holdOutIndices } from './holdOutIndices.js';
import { digestAtOnce, digestInPieces, type ImageDigest } from './imageDigest.js';
import { type ImageReader, type ImageStore, sliceStore } from './imageStore.js';
import { type ChangeImage, mapStore } from './mapStore.js';
import { readStore } from './readStore.js';
import { selectStore } from './selectStore.js';

const MAP_OPTIONS: OptionNames<MapOptions> = { shape: true };

/** What a data set says of itself. */
export interface DatasetIdentity {
  readonly name: string;
  readonly source: string;
  readonly sample: boolean;
}

/** Images of a store, with labels where there are any: every data set that Millrace makes is one. */
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
    digestOf: ImageDigest = digestAtOnce,
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

  /** Where the images of a data set lie; of one that is made by hand they are what its `read` gives. */
  static storeOf(dataset: Dataset): ImageStore {
    return #store in dataset ? dataset.#store : readStore(dataset);
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
    return items >= this.items ? this : this.slice(0, items);
  }

  slice(from: number, to = this.items): Dataset {
    requireInteger('from', from);
    requireInteger('to', to);
    const [first, last] = [placeOf(from, this.items), placeOf(to, this.items)];
    if (first >= last)
      throw new OptionError(
        'to',
        to,
        `an image at least from ${from} on, of ${this.items}`,
        'Give a range with images in it.',
      );
    const labels = this.labels?.subarray(first, last);
    return new ImageDataset(this, this.shape, sliceStore(this.#store, first, last), labels, this.#digestOf);
  }

  map(change: ChangeImage, options: MapOptions = {}): Dataset {
    requireKnownOptions(options, MAP_OPTIONS);
    const { shape = this.shape } = options;
    if (typeof change !== 'function')
      throw new OptionError('change', change, 'a function that is given bytes of an image');
    requireImageShape(shape);
    return new ImageDataset(this, shape, mapStore(this.#store, change, shape), this.labels, digestInPieces);
  }

  holdOut(fraction: number, options?: HoldOutOptions): Required<DatasetPair> {
    const { train, test } = holdOutIndices(this.items, fraction, options);
    return { train: this.#select(train), test: this.#select(test) };
  }

  batches(options?: BatchOptions): Source<Batch> {
    const { shape, labels } = this;
    return batchSource({ store: this.#store, shape, ...(labels === undefined ? {} : { labels }) }, options);
  }

  batchesPerEpoch(options?: BatchOptions): number {
    return batchOrder(this.items, options).batchesPerEpoch;
  }

  #select(indices: Uint32Array): Dataset {
    const { labels } = this;
    const selected = labels && Uint8Array.from(indices, (index) => labels[index]!);
    return new ImageDataset(this, this.shape, selectStore(this.#store, indices), selected, digestInPieces);
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

/** As in `Array.slice`. */
function placeOf(limit: number, items: number): number {
  return limit < 0 ? Math.max(0, items + limit) : Math.min(limit, items);
}
