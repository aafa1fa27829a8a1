// From files of images to data sets: decoded once into the cache, or into memory where nothing may be kept.
import { basename, join, resolve } from 'node:path';
import type { OpenOptions } from '../../dataFormat.js';
import { type DatasetIdentity, ImageDataset } from '../../dataset/imageDataset.js';
import { digestInPieces } from '../../dataset/imageDigest.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { selectStore } from '../../dataset/selectStore.js';
import type { Dataset, DatasetPair } from '../../dataset.js';
import { openImages } from '../../idx/node/openImages.js';
import { digestImages } from '../../node/digestImages.js';
import { defaultCacheFolder } from '../../node/download/cacheFolder.js';
import { MEMORY_LIMIT } from '../../node/files/allocate.js';
import { withFile } from '../../node/files/openInput.js';
import type { DividedImages, ImagePart } from '../divideImages.js';
import type { DecodingOptions } from '../imageOptions.js';
import { type CollectedImages, collectImages } from './collectImages.js';
import { type DecodedFile, decodeInOrder } from './decodeInOrder.js';
import { copiesFolder, IMAGES_FILE, makeCopy, readCopy } from './imageCopies.js';
import type { ImageFiles } from './imageFile.js';
import { openDecoder } from './openDecoder.js';
import { MemoryPixelSink, type PixelSink } from './pixelSink.js';

/** Decoded images, wherever they lie. */
export interface DecodedImages extends CollectedImages {
  readonly store: ImageStore;
}

/**
 * @param key of the copy in the cache: what its pixels follow from. @default none is kept
 * @throws DataError as `collectImages`, `IMAGE_DECODER`, `DATA_CACHE`, and what reading the files throws; the signal's reason on abort
 */
export async function decodeImageFiles(
  files: ImageFiles,
  key: string | undefined,
  options: OpenOptions,
): Promise<DecodedImages> {
  if (key === undefined || options.cache === false) return intoMemory(files, options);
  const folder = join(copiesFolder(options.cacheFolder ?? defaultCacheFolder()), key);
  const copy =
    (await readCopy(folder)) ??
    (await makeCopy(
      folder,
      resolve(files.path),
      (sink, onFirst) => collect(files, sink, options, onFirst),
      files.total,
    ));
  const { store } = await withFile(join(folder, IMAGES_FILE), options.signal, (file) => openImages(file, options));
  return { ...copy, store };
}

async function intoMemory(files: ImageFiles, options: OpenOptions): Promise<DecodedImages> {
  const sink = new MemoryPixelSink(files.path, options.memoryLimit ?? MEMORY_LIMIT);
  const collected = await collect(files, sink, options);
  return { ...collected, store: memoryStore(sink.pixels(), collected.paths.length) };
}

async function collect(
  files: ImageFiles,
  sink: PixelSink,
  options: OpenOptions,
  onFirst?: (largestImage: number) => Promise<void>,
): Promise<CollectedImages> {
  const decoded = decodeInOrder(files, await openDecoder(), decodingOptions(options), options.signal);
  return collectImages(files.path, counted(decoded, files, options.onDecoded), sink, options, onFirst);
}

export function decodingOptions({ resize, fit = 'cover' }: OpenOptions): DecodingOptions {
  return { fit, ...(resize && { resize }) };
}

/** Between two reports; where the end is not known, each is a line of its own. */
const REPORT_MS = { known: 100, unknown: 5000 };

async function* counted(
  decoded: AsyncIterable<DecodedFile>,
  { path, total }: ImageFiles,
  onDecoded: OpenOptions['onDecoded'],
): AsyncGenerator<DecodedFile, void> {
  let done = 0;
  const interval = total === undefined ? REPORT_MS.unknown : REPORT_MS.known;
  let due = performance.now() + interval;
  for await (const file of decoded) {
    yield file;
    done += 1;
    if (onDecoded === undefined || performance.now() < due) continue;
    due = performance.now() + interval;
    onDecoded({ path, done, ...(total !== undefined && { total }) });
  }
}

/** Decoded images, and which of them are in which data set. */
export interface DividedFiles extends DecodedImages {
  readonly parts: Pick<DividedImages, 'train' | 'test'>;
  /** Whether images go by their paths, as files do: rows of a table have no names. */
  readonly areNamed: boolean;
}

/** The data sets that images are. */
export function datasetsOf(path: string, { shape, paths, store, parts, areNamed }: DividedFiles): DatasetPair {
  const datasetOf = ({ indices, labels }: ImagePart): Dataset => {
    const areAll = indices.length === paths.length;
    const identity: DatasetIdentity = {
      name: basename(resolve(path)),
      source: path,
      sample: false,
      ...(areNamed && { names: areAll ? paths : Array.from(indices, (index) => paths[index]!) }),
    };
    return areAll
      ? new ImageDataset(identity, shape, store, labels, digestImages)
      : new ImageDataset(identity, shape, selectStore(store, indices), labels, digestInPieces);
  };
  const { train, test } = parts;
  return { train: datasetOf(train), ...(test && { test: datasetOf(test) }) };
}
