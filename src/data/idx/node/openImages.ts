// From an IDX file to a store of its images: in memory where that is reasonable, otherwise read in place.
import type { ImageShape } from '../../batch.js';
import type { FileInput, OpenOptions } from '../../dataFormat.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { MEMORY_LIMIT } from '../../node/files/allocate.js';
import { type IdxHeader, payloadBytes } from '../header.js';
import { imageShapeOf } from '../imagesOrLabels.js';
import { decodedFile } from './decompressedCopy.js';
import { fileStore } from './fileStore.js';
import { isRaw, openRawIdxFile } from './rawIdxFile.js';
import { readHeader } from './readHeader.js';
import { decodeIdx } from './readIdx.js';

/** Images by the path they come from. */
export interface OpenedImages {
  readonly path: string;
  readonly header: IdxHeader;
  readonly shape: ImageShape;
  readonly store: ImageStore;
}

/** A larger raw file is read in place, from the system's page cache if it can be. */
const LOAD_LIMIT = 2 ** 28;

/** @throws IdxError every code, `IDX_UNSUITABLE` for what is not an image file; DataError every code of a single file, `DATA_CACHE` */
export async function openImages(file: FileInput, options: OpenOptions = {}): Promise<OpenedImages> {
  const { path } = file;
  const header = await readHeader(file);
  const shape = imageShapeOf({ path, header }, options.shape);
  const store = isRaw(file) ? await openRaw(file, options) : await openEncoded(file, header, options);
  return { path, header, shape, store };
}

async function openRaw({ path }: FileInput, { signal }: OpenOptions): Promise<ImageStore> {
  const file = await openRawIdxFile(path, signal);
  try {
    const { header } = file;
    if (payloadBytes(header) > LOAD_LIMIT) return fileStore(file);
    return memoryStore(await file.read(0, header.itemCount), header.itemCount);
  } finally {
    await file.close();
  }
}

/** gzip, a fifo or a device: read once, from beginning to end. */
async function openEncoded(file: FileInput, header: IdxHeader, options: OpenOptions): Promise<ImageStore> {
  const { path } = file;
  const { memoryLimit = MEMORY_LIMIT } = options;
  if (payloadBytes(header) > memoryLimit)
    return fileStore({ path: await decodedFile(path, header, file.bytes(), options), header });
  return memoryStore((await decodeIdx(file.bytes(), path, memoryLimit)).payload, header.itemCount);
}
