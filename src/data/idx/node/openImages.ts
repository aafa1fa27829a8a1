// From an IDX file to a store of its images: in memory where that is reasonable, otherwise read in place.
import { openArray } from '../../array/node/openArray.js';
import type { ImageShape } from '../../batch.js';
import type { FileInput, OpenOptions } from '../../dataFormat.js';
import { type ImageStore, memoryStore } from '../../dataset/imageStore.js';
import { MEMORY_LIMIT } from '../../node/files/allocate.js';
import { decompressedCopy } from '../../node/files/decompressedCopy.js';
import { LOAD_LIMIT } from '../../node/files/itemFile.js';
import { isRaw } from '../../node/files/openInput.js';
import { IdxDecoder } from '../decoder.js';
import { type IdxHeader, payloadBytes } from '../header.js';
import { imageShapeOf } from '../imagesOrLabels.js';
import { fileStore } from './fileStore.js';
import { idxSource } from './idxSource.js';
import { openRawIdxFile } from './rawIdxFile.js';
import { readHeader } from './readHeader.js';
import { decodeIdx } from './readIdx.js';

/** Images by the path they come from. */
export interface OpenedImages {
  readonly path: string;
  readonly header: IdxHeader;
  readonly shape: ImageShape;
  readonly store: ImageStore;
}

/** @throws IdxError every code, `IDX_UNSUITABLE` for what is not an image file; DataError every code of a single file, `DATA_CACHE` */
export async function openImages(file: FileInput, options: OpenOptions = {}): Promise<OpenedImages> {
  const { path } = file;
  const header = await readHeader(file);
  if (isToBeMade(header, options)) return { path, header, ...(await openArray(idxSource(file, header), options)) };
  const shape = imageShapeOf({ path, header });
  const store = isRaw(file) ? await openRaw(file, options) : await openEncoded(file, header, options);
  return { path, header, shape, store };
}

/** Whether images have to be made of the values first: the options ask for it, and it can be done. */
function isToBeMade({ dtype, shape }: IdxHeader, { anyNumbers = false, layout, shape: wanted }: OpenOptions): boolean {
  if (shape.length === 1) return false;
  return (
    (anyNumbers && dtype !== 'uint8') ||
    (shape.length === 4 && layout !== undefined) ||
    (shape.length === 2 && wanted !== undefined)
  );
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
  if (payloadBytes(header) > memoryLimit) {
    const promised = header.headerBytes + payloadBytes(header);
    const bytes = checkedBytes(file);
    return fileStore({ path: await decompressedCopy({ path, extension: 'idx', promised, bytes }, options), header });
  }
  return memoryStore((await decodeIdx(file.bytes(), path, memoryLimit)).payload, header.itemCount);
}

/** All bytes of a file; fails at the first that is not promised, and where one is missing. */
async function* checkedBytes(file: FileInput): AsyncGenerator<Uint8Array, void> {
  const decoder = new IdxDecoder(file.path);
  for await (const chunk of file.bytes()) {
    decoder.push(chunk);
    yield chunk;
  }
  decoder.end();
}
