// Where decoded images go before it is known how many there will be, and whether all are grey.
import type { FileHandle } from 'node:fs/promises';
import { type ImageShape, imageSize } from '../../batch.js';
import { encodeIdxHeader } from '../../idx/encoder.js';
import { allocate, requireFit } from '../../node/files/allocate.js';
import { coloured } from '../rawImage.js';

export interface PixelSink {
  /** Takes the bytes of one image more. */
  write(pixels: Uint8Array): Promise<void> | void;
  /** Gives all grey images that are there three channels. */
  addColours(): Promise<void> | void;
}

/** Bytes that are written, or given colours, at once. */
const PIECE = 2 ** 20;
/** Rank 4. */
const HEADER_BYTES = 20;

/** Bytes of a raw IDX file of so many images. */
export function idxBytes(items: number, shape: ImageShape): number {
  return HEADER_BYTES + items * imageSize(shape);
}

/** A raw IDX file of images. */
export class IdxPixelSink implements PixelSink {
  readonly #file: FileHandle;
  #end = HEADER_BYTES;
  #unwritten: Uint8Array[] = [];
  #unwrittenBytes = 0;

  /** @param file open for reading and writing, and empty */
  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(pixels: Uint8Array): Promise<void> {
    this.#unwritten.push(pixels);
    this.#unwrittenBytes += pixels.length;
    if (this.#unwrittenBytes >= PIECE) await this.#flush();
  }

  /** In place, from the end to the beginning. */
  async addColours(): Promise<void> {
    await this.#flush();
    const bytes = this.#end - HEADER_BYTES;
    for (let to = bytes; to > 0; ) {
      const from = Math.max(0, to - PIECE);
      const grey = Buffer.alloc(to - from);
      await this.#file.read(grey, 0, grey.length, HEADER_BYTES + from);
      await this.#writeAt(coloured(grey), HEADER_BYTES + 3 * from);
      to = from;
    }
    this.#end = HEADER_BYTES + 3 * bytes;
  }

  /** Writes what is left, and the header. */
  async finish(items: number, shape: ImageShape): Promise<void> {
    await this.#flush();
    await this.#writeAt(encodeIdxHeader('uint8', [items, ...shape]), 0);
    await this.#file.sync();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#unwritten);
    this.#unwritten = [];
    this.#unwrittenBytes = 0;
    await this.#writeAt(bytes, this.#end);
    this.#end += bytes.length;
  }

  async #writeAt(bytes: Uint8Array, position: number): Promise<void> {
    for (let written = 0; written < bytes.length; )
      written += (await this.#file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

/** Images in memory, up to a limit. */
export class MemoryPixelSink implements PixelSink {
  readonly #path: string;
  readonly #limit: number;
  #images: Uint8Array[] = [];
  #bytes = 0;

  /** @param path names the images in errors */
  constructor(path: string, limit: number) {
    this.#path = path;
    this.#limit = limit;
  }

  /** @throws DataError `DATA_TOO_LARGE` */
  write(pixels: Uint8Array): void {
    this.#images.push(pixels);
    this.#add(pixels.length);
  }

  /** @throws DataError `DATA_TOO_LARGE` */
  addColours(): void {
    this.#add(2 * this.#bytes);
    this.#images = this.#images.map(coloured);
  }

  pixels(): Uint8Array {
    const all = allocate(this.#bytes, this.#path);
    let at = 0;
    for (const image of this.#images) {
      all.set(image, at);
      at += image.length;
    }
    return all;
  }

  #add(bytes: number): void {
    this.#bytes += bytes;
    requireFit(this.#bytes, this.#path, this.#limit, 'Leave the cache on, or make the images smaller with resize.');
  }
}
