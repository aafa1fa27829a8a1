// Latents on the disk for a second pass: the ranges of channels are known only at the end of the first.
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { FileError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';
import type { LayerShape } from '../../../model/layers/definition/layerShape.js';
import type { LatentBatch } from '../../latentBatch.js';
import type { ChannelRanges } from '../../quantisation.js';
import { RangeTally } from '../../rangeTally.js';

/** Latents with the images that they are of, as bytes or floats. */
export interface SpooledBatch extends LatentBatch {
  readonly pixels?: Uint8Array | Float32Array;
}

interface Place {
  readonly length: number;
  readonly labels?: Uint8Array;
  readonly latents: number;
  readonly pixels?: { readonly values: number; readonly isBytes: boolean };
}

/** Batches in a file beside the output, to be read again; `close` removes it. */
export class LatentSpool {
  readonly #path: string;
  /** Names it in errors. */
  readonly #beside: string;
  readonly #file: FileHandle;
  readonly #places: Place[] = [];
  readonly #latentShape: LayerShape;
  #ranges: RangeTally;

  private constructor(path: string, beside: string, file: FileHandle, latentShape: LayerShape) {
    this.#path = path;
    this.#beside = beside;
    this.#file = file;
    this.#latentShape = latentShape;
    this.#ranges = new RangeTally(latentShape.at(-1)!);
  }

  /**
   * @param beside the path that the file's name begins with
   * @throws FileError where it cannot be written
   */
  static async open(beside: string, latentShape: LayerShape): Promise<LatentSpool> {
    const path = `${beside}.${randomBytes(4).toString('hex')}.partial`;
    return new LatentSpool(path, beside, await open(path, 'wx+').catch(unwritable(beside)), latentShape);
  }

  /** The range of each channel so far. */
  get ranges(): ChannelRanges {
    return this.#ranges.result();
  }

  /** @throws FileError where it cannot be written */
  async add({ latents, length, labels, pixels }: SpooledBatch): Promise<void> {
    this.#ranges.add(latents);
    const parts = pixels === undefined ? [latents] : [latents, pixels];
    for (const part of parts) await this.#file.appendFile(bytesOf(part)).catch(unwritable(this.#beside));
    this.#places.push({
      length,
      ...(labels !== undefined && { labels }),
      latents: latents.length,
      ...(pixels !== undefined && { pixels: { values: pixels.length, isBytes: pixels instanceof Uint8Array } }),
    });
  }

  /** The batches once more, as they were added. */
  async *batches(): AsyncGenerator<SpooledBatch, void> {
    let offset = 0;
    for (const { length, labels, latents, pixels } of this.#places) {
      const values = new Float32Array(latents);
      offset = await this.#read(bytesOf(values), offset);
      const images = pixels && (pixels.isBytes ? new Uint8Array(pixels.values) : new Float32Array(pixels.values));
      if (images !== undefined) offset = await this.#read(bytesOf(images), offset);
      yield {
        length,
        ...(labels !== undefined && { labels }),
        latents: values,
        latentShape: this.#latentShape,
        ...(images !== undefined && { pixels: images }),
      };
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #read(bytes: Uint8Array, offset: number): Promise<number> {
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await this.#file.read(bytes, read, bytes.length - read, offset + read);
      if (bytesRead === 0) throw new FileError(cutShort(this.#path));
      read += bytesRead;
    }
    return offset + read;
  }
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function unwritable(path: string): (cause: unknown) => never {
  return (cause) => {
    const actual = systemReason(cause);
    if (actual === undefined) throw cause;
    throw new FileError({
      code: 'FILE_UNWRITABLE',
      path,
      expected: 'a place to write to',
      actual,
      advice: 'Free some space, or choose a folder that can be written to.',
      cause,
    });
  };
}

function cutShort(path: string) {
  return {
    code: 'FILE_UNWRITABLE',
    path,
    expected: 'what was written to it a moment ago',
    actual: 'less of it',
    advice: 'Something else has cut this file: try again.',
  } as const;
}
