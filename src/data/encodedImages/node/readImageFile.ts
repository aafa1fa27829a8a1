import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ImageShape } from '../../batch.js';
import type { OpenOptions } from '../../dataFormat.js';
import { checkImageOptions } from '../imageOptions.js';
import { imageTypeOf, TYPE_BYTES } from '../imageType.js';
import { encodedImage, requireFileSize } from './imageFile.js';
import { decodeImageFiles } from './openImageFiles.js';

/** An image that is a file of its own, decoded. */
export interface DecodedImage {
  /** 0..255, `shape`. */
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
}

/**
 * Whether a path is a file that begins as an image does; what cannot be opened is none.
 */
export async function isImageFile(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  try {
    const read = await file?.read(new Uint8Array(TYPE_BYTES), 0, TYPE_BYTES, 0);
    return read !== undefined && imageTypeOf(read.buffer.subarray(0, read.bytesRead)) !== undefined;
  } catch {
    // A folder opens, and is not read.
    return false;
  } finally {
    await file?.close();
  }
}

/**
 * Decodes one image, as those of a folder are decoded.
 * @throws DataError `IMAGE_DAMAGED`, `IMAGE_DECODER`; OptionError
 */
export async function readImageFile(path: string, options: OpenOptions): Promise<DecodedImage> {
  const file = {
    path: basename(path),
    async read() {
      const handle = await open(path, 'r');
      try {
        requireFileSize((await handle.stat()).size);
        return encodedImage(await handle.readFile());
      } finally {
        await handle.close();
      }
    },
  };
  async function* files() {
    yield file;
  }
  checkImageOptions(options);
  const { shape, store } = await decodeImageFiles({ path: dirname(path), total: 1, files }, undefined, options);
  const reader = await store.open(options.signal ?? new AbortController().signal);
  try {
    return { pixels: await reader.read(0, 1), shape };
  } finally {
    await reader.close();
  }
}
