import { basename } from 'node:path';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { OPEN_OPTIONS, type OpenOptions } from '../../dataFormat.js';
import { transposed } from '../../dataset/transposed.js';
import type { Dataset } from '../../dataset.js';
import { ARRAY_OPTIONS, refuseOptions } from '../../formatOptions.js';
import { withFile } from '../../node/files/openInput.js';
import { labelledImages } from './labelledImages.js';

export interface IdxOptions extends OpenOptions {
  /** A label file with one label for each image. @default none */
  readonly labels?: string;
}

const OPTIONS: OptionNames<IdxOptions> = { ...OPEN_OPTIONS, labels: true };

/**
 * The images of one IDX file, raw or gzip: uint8 of rank 3 `[items, height, width]` or 4 `[items, height, width, channels]`.
 *
 * A large raw file is read in place, a small or compressed one lies in memory; a compressed one of more than 1 GiB is
 * decompressed into the cache folder once.
 *
 * @throws IdxError every code, `IDX_UNSUITABLE` for other types and ranks, `IDX_COUNT_MISMATCH`; DataError every code of a single
 * file, `DATA_CACHE`
 *
 * @example
 * const path = `${place}/three.idx`;
 * await lastValueFrom(pipeline([encodeIdx([3, 4, 4], new Uint8Array(48))], toWritable(createWriteStream(path))));
 * const images = await idx(path);
 * console.log(images.items, images.shape); // 3 [ 4, 4, 1 ]
 */
export async function idx(path: string, given: IdxOptions = {}): Promise<Dataset> {
  requireKnownOptions(given, OPTIONS);
  refuseOptions('IDX', ARRAY_OPTIONS, given);
  const { labels, ...options } = given;
  const identity = { name: basename(path), source: path, sample: false };
  const images = await withFile(path, options.signal, (file) => labelledImages(file, labels, identity, options));
  return options.transpose === true ? transposed(images) : images;
}
