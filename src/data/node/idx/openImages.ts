// From the path of an IDX file to a store of its images: in memory where that is reasonable, otherwise read in place.
import type { ImageShape } from '../../batch.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { type IdxHeader, payloadBytes } from '../../idx/header.js';
import { imageShapeOf } from '../../idx/imagesOrLabels.js';
import { MEMORY_LIMIT } from '../files/allocate.js';
import { openBytes } from '../files/openBytes.js';
import { decodedFile } from './decompressedCopy.js';
import { fileStore } from './fileStore.js';
import { peekHeader } from './peekHeader.js';
import { openRawIdxFile } from './rawIdxFile.js';
import { decodeIdx } from './readIdx.js';

export interface OpenOptions {
  /** Aborts opening. */
  readonly signal?: AbortSignal;
  /** Where what is too large for memory is decompressed to. @default the system's folder for caches */
  readonly cacheFolder?: string;
  /** Largest number of bytes that are decompressed into memory. @default 1 GiB */
  readonly memoryLimit?: number;
}

/** Images by the path they come from. */
export interface OpenedImages {
  readonly path: string;
  readonly header: IdxHeader;
  readonly shape: ImageShape;
  readonly store: ImageStore;
}

/** A larger raw file is read in place, from the system's page cache if it can be. */
const LOAD_LIMIT = 2 ** 28;

/** @throws IdxError every code of a single file, `IDX_UNSUITABLE` for what is not an image file; DatasetError `DATASET_CACHE` */
export async function openImages(path: string, options: OpenOptions = {}): Promise<OpenedImages> {
  return (await openRaw(path, options)) ?? (await openEncoded(path, options));
}

async function openRaw(path: string, { signal }: OpenOptions): Promise<OpenedImages | undefined> {
  const file = await openRawIdxFile(path, signal);
  if (file === undefined) return undefined;
  try {
    const { header } = file;
    const shape = imageShapeOf(file);
    const store =
      payloadBytes(header) > LOAD_LIMIT
        ? fileStore(file)
        : memoryStore(await file.read(0, header.itemCount), header.itemCount);
    return { path, header, shape, store };
  } finally {
    await file.close();
  }
}

/** gzip, a fifo or a device: read once, from beginning to end. */
async function openEncoded(path: string, options: OpenOptions): Promise<OpenedImages> {
  const { signal, memoryLimit = MEMORY_LIMIT } = options;
  const bytes = openBytes(path, signal);
  try {
    const { header, all } = await peekHeader(bytes, path);
    const shape = imageShapeOf({ path, header });
    const store =
      payloadBytes(header) > memoryLimit
        ? fileStore({ path: await decodedFile(path, header, all, options), header })
        : memoryStore((await decodeIdx(all, path, memoryLimit)).payload, header.itemCount);
    return { path, header, shape, store };
  } finally {
    await bytes.return();
  }
}
