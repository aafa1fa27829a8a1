import { type ImageType, imageTypeOf } from '../imageType.js';

/** A file among others, some of which are images. */
export interface ImageFile {
  /** Within the folder or the archive, `/` between names. */
  readonly path: string;
  /**
   * Its bytes where it is an image.
   * @throws Error that says why an image cannot be read; DataError for what ends it all
   */
  read(): Promise<EncodedImage | undefined>;
}

export interface EncodedImage {
  readonly type: ImageType;
  readonly bytes: Uint8Array;
}

/** Files to look for images in. */
export interface ImageFiles {
  /** Names them in messages: the folder or the archive. */
  readonly path: string;
  /** How many there are. @default unknown until the last one */
  readonly total?: number;
  files(): AsyncIterable<ImageFile>;
}

/** Larger files are no images to train on. */
export const LARGEST_FILE = 2 ** 27;

/** @throws Error */
export function requireFileSize(bytes: number): void {
  if (bytes > LARGEST_FILE) throw new Error(`${bytes} bytes, more than ${LARGEST_FILE / 2 ** 20} MiB`);
}

export function encodedImage(bytes: Uint8Array): EncodedImage | undefined {
  const type = imageTypeOf(bytes);
  return type && { type, bytes };
}
