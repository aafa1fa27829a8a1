import { type OptionNames, requireKnownParts } from '../../options.js';
import type { ImageShape } from '../batch.js';
import type { Dataset } from '../dataset.js';
import { labelBytes } from '../labelBytes.js';
import { requireImageShape } from '../requireImageShape.js';
import { requireInteger } from '../requireInteger.js';
import { ImageDataset } from './imageDataset.js';
import { digestInPieces } from './imageDigest.js';
import { readStore } from './readStore.js';

export interface DatasetDefinition {
  /** Shown, and kept with a run. */
  readonly name: string;
  /** Where it comes from: a path or an address. @default 'program' */
  readonly source?: string;
  /** Number of images. */
  readonly items: number;
  /** `[height, width, channels]` of one image. */
  readonly shape: ImageShape;
  /** One label an image, 0 to 255. @default none */
  readonly labels?: Uint8Array | readonly number[];
  /**
   * The images `from` … `to − 1` as bytes 0..255, one after the other, the same whenever they are asked for. It is called while an earlier promise is
   * pending; what it returns is not to be changed any more.
   */
  read(from: number, to: number): Uint8Array | Promise<Uint8Array>;
}

const PARTS: OptionNames<DatasetDefinition> = {
  name: true,
  source: true,
  items: true,
  shape: true,
  labels: true,
  read: true,
};

/**
 * A data set of your own from a function that reads images by their place, e.g. from a file or a database: with order, shuffling,
 * shards, digest, resume, `slice`, `map` and `holdOut` like any other.
 *
 * @example
 * import { defineDataset } from 'millrace';
 *
 * const ramp = defineDataset({
 *   name: 'ramp',
 *   items: 100,
 *   shape: [1, 1, 1],
 *   read: async (from, to) => Uint8Array.from({ length: to - from }, (_, at) => from + at),
 * });
 * console.log(await ramp.slice(50, 60).read(0, 3)); // Uint8Array(3) [ 50, 51, 52 ]
 *
 * @throws OptionError where items or shape are out of range, or there is not a label for each image. Reading fails with DataError
 * `DATA_SHAPE` where `read` returns another number of bytes
 */
export function defineDataset(definition: DatasetDefinition): Dataset {
  requireKnownParts(definition, PARTS);
  const { name, source = 'program', items, shape, labels } = definition;
  requireInteger('items', items, 1);
  requireImageShape(shape);
  return new ImageDataset(
    { name, source, sample: false },
    shape,
    readStore(definition),
    labels && labelBytes(labels, items),
    digestInPieces,
  );
}
