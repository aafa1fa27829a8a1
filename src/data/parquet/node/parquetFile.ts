import type { FileHandle } from 'node:fs/promises';
import { openForReading } from '../../node/files/openFile.js';

/**
 * Slices of a file, none of which fails. hyparquet begins to read several columns and, where it fails at one, leaves the others to themselves: a
 * rejection that nobody awaits would end the process. `attempt` fails in their place, and what is left then waits for ever.
 */
export class ParquetFile {
  readonly byteLength: number;
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal | undefined;
  readonly #failure: Promise<never>;
  #fail: (error: unknown) => void = () => undefined;
  #hasFailed = false;

  private constructor(handle: FileHandle, size: number, signal: AbortSignal | undefined) {
    this.byteLength = size;
    this.#handle = handle;
    this.#signal = signal;
    this.#failure = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.#failure.catch(() => undefined);
  }

  static async open(path: string, signal: AbortSignal | undefined): Promise<ParquetFile> {
    const handle = await openForReading(path);
    return new ParquetFile(handle, (await handle.stat()).size, signal);
  }

  async slice(start: number, end: number = this.byteLength): Promise<ArrayBuffer> {
    try {
      const bytes = await this.#read(start, end);
      if (!this.#hasFailed) return bytes;
    } catch (error) {
      this.#fail(error);
    }
    return new Promise(() => undefined);
  }

  /** The outcome, or the failure of a slice. */
  async attempt<T>(reading: Promise<T>): Promise<T> {
    try {
      return await Promise.race([reading, this.#failure]);
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #read(start: number, end: number): Promise<ArrayBuffer> {
    if (!(start >= 0 && end >= start && end <= this.byteLength))
      throw new Error(`bytes ${start} to ${end} of ${this.byteLength}`);
    const bytes = new Uint8Array(end - start);
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await this.#handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new Error('the end of the file');
      filled += bytesRead;
    }
    this.#signal?.throwIfAborted();
    return bytes.buffer;
  }
}
