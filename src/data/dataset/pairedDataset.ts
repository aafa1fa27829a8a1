import type { Batch } from '../batch.js';
import type { BatchOptions, Dataset, DatasetPair, HoldOutOptions, MapOptions } from '../dataset.js';
import type { Source, SourceReader } from '../source.js';
import { combinedDigest } from './imageDigest.js';
import type { ChangeImage } from './mapStore.js';

/** Images, each with another one of the same shape that it is to become: batches carry it as `target`. */
export class PairedDataset implements Dataset {
  readonly images: Dataset;
  readonly target: Dataset;

  /** @param target as many images as there are, of their shape */
  constructor(images: Dataset, target: Dataset) {
    this.images = images;
    this.target = target;
  }

  get name(): string {
    return this.images.name;
  }

  get source(): string {
    return this.images.source;
  }

  get sample(): boolean {
    return this.images.sample;
  }

  get items(): number {
    return this.images.items;
  }

  get shape(): Dataset['shape'] {
    return this.images.shape;
  }

  get labels(): Uint8Array | undefined {
    return this.images.labels;
  }

  async digest(): Promise<string> {
    return combinedDigest(await this.images.digest(), await this.target.digest());
  }

  read(from: number, to: number): Promise<Uint8Array> {
    return this.images.read(from, to);
  }

  take(items: number): Dataset {
    return new PairedDataset(this.images.take(items), this.target.take(items));
  }

  slice(from: number, to?: number): Dataset {
    return new PairedDataset(this.images.slice(from, to), this.target.slice(from, to));
  }

  map(change: ChangeImage, options?: MapOptions): Dataset {
    return new PairedDataset(this.images.map(change, options), this.target.map(change, options));
  }

  holdOut(fraction: number, options?: HoldOutOptions): Required<DatasetPair> {
    const [images, target] = [this.images.holdOut(fraction, options), this.target.holdOut(fraction, options)];
    return {
      train: new PairedDataset(images.train, target.train),
      test: new PairedDataset(images.test, target.test),
    };
  }

  batches(options?: BatchOptions): Source<Batch> {
    const [images, target] = [this.images.batches(options), this.target.batches(options)];
    return {
      async open(signal) {
        const reader = await images.open(signal);
        try {
          return pairReaders(reader, await target.open(signal));
        } catch (error) {
          await reader.close();
          throw error;
        }
      },
    };
  }

  batchesPerEpoch(options?: BatchOptions): number {
    return this.images.batchesPerEpoch(options);
  }
}

/** Both have the same order, which is a function of options and number of images. */
function pairReaders(images: SourceReader<Batch>, target: SourceReader<Batch>): SourceReader<Batch> {
  return {
    next() {
      const [batch, wanted] = [images.next(), target.next()];
      return batch instanceof Promise || wanted instanceof Promise
        ? Promise.all([batch, wanted]).then(([batch, wanted]) => paired(batch, wanted))
        : paired(batch, wanted);
    },
    async close() {
      await Promise.all([images.close(), target.close()]);
    },
  };
}

function paired(batch: IteratorResult<Batch, void>, target: IteratorResult<Batch, void>): IteratorResult<Batch, void> {
  if (batch.done === true || target.done === true) return { done: true, value: undefined };
  return { done: false, value: { ...batch.value, target: target.value.pixels } };
}
