import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Bytes } from '../fileReading.js';

/** Bytes before the place that was reached, by which a file is known again. */
const MARK_BYTES = 4096;

/** A file of another tool: it may grow, be written anew in the same place, or another one may take its name (rsync does that). */
export class TrackedFile implements Bytes {
  readonly path: string;
  #handle: FileHandle;
  #stats: BigIntStats;
  #mark: { readonly offset: number; readonly bytes: Uint8Array } = { offset: 0, bytes: new Uint8Array() };
  #gone = false;

  private constructor(path: string, handle: FileHandle, stats: BigIntStats) {
    this.path = path;
    this.#handle = handle;
    this.#stats = stats;
  }

  /** @throws what the system says */
  static async open(path: string): Promise<TrackedFile> {
    const handle = await open(path, 'r');
    return new TrackedFile(path, handle, await handle.stat({ bigint: true }));
  }

  /** Bytes, when it was last looked at. */
  get size(): number {
    return Number(this.#stats.size);
  }

  /** When it was last written, in milliseconds. */
  get modified(): number {
    return Number(this.#stats.mtimeMs);
  }

  /** No file has its name at present. */
  get gone(): boolean {
    return this.#gone;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /** Remembers by what the file is known again up to here. */
  async mark(offset: number): Promise<void> {
    const from = Math.max(0, offset - MARK_BYTES);
    this.#mark = { offset: from, bytes: await this.read(from, offset - from) };
  }

  /**
   * Looks at the file again, and takes the one that has its name now.
   * @returns whether what stood before the mark stands there still
   */
  async look(): Promise<boolean> {
    const named = await stat(this.path, { bigint: true }).catch(() => undefined);
    this.#gone = named === undefined;
    if (named === undefined || isSame(named, this.#stats)) return true;
    if (named.ino !== this.#stats.ino || named.dev !== this.#stats.dev) {
      const next = await open(this.path, 'r').catch(() => undefined);
      // It has gone while it was looked at.
      if (next === undefined) return true;
      await this.#handle.close();
      this.#handle = next;
    }
    this.#stats = await this.#handle.stat({ bigint: true });
    const { offset, bytes } = this.#mark;
    const there = await this.read(offset, bytes.length);
    return there.length === bytes.length && there.every((byte, at) => byte === bytes[at]);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev && one.size === other.size && one.mtimeNs === other.mtimeNs;
}
