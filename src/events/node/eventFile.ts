import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { RunError } from '../../errors.js';
import type { FileChange } from '../fileChange.js';

const CHUNK_BYTES = 64 * 1024;

/** An event file, read at any place, that may grow, be cut, be replaced or go away meanwhile. */
export class EventFile {
  readonly path: string;
  #handle: FileHandle;
  #identity: string;
  #gone = false;

  private constructor(path: string, handle: FileHandle, identity: string) {
    this.path = path;
    this.#handle = handle;
    this.#identity = identity;
  }

  /** @throws RunError `RUN_NOT_FOUND` when the file cannot be opened */
  static async open(path: string): Promise<EventFile> {
    try {
      const handle = await open(path, 'r');
      return new EventFile(path, handle, identityOf(await handle.stat({ bigint: true })));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new RunError({
        code: 'RUN_NOT_FOUND',
        path,
        problem: code === 'ENOENT' ? 'there is no such file' : `this file cannot be read (${code})`,
        advice: 'Name a run folder or its events.ndjson; millrace watch --list shows the runs kept here.',
        cause,
      });
    }
  }

  /** Up to 64 KiB, or `length` bytes, from this place; empty at the present end. */
  async read(offset: number, length: number = CHUNK_BYTES): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }

  /** Looks at the file again. @param offset how far it has been read: what is written before that is no news */
  async change(offset: number): Promise<FileChange | undefined> {
    const opened = await this.#handle.stat({ bigint: true });
    if (opened.size < BigInt(offset)) return { kind: 'cut', bytes: Number(opened.size) };
    const named = await stat(this.path, { bigint: true }).catch(() => undefined);
    const before = this.#gone;
    this.#gone = named === undefined;
    if (named === undefined) return before ? undefined : { kind: 'gone' };
    // First to the end of the one that is open.
    if (identityOf(named) === this.#identity || opened.size > BigInt(offset)) return undefined;
    return (await this.#reopen()) ? { kind: 'replaced' } : undefined;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #reopen(): Promise<boolean> {
    const next = await open(this.path, 'r').catch(() => undefined);
    if (next === undefined) return false;
    await this.#handle.close();
    this.#handle = next;
    this.#identity = identityOf(await next.stat({ bigint: true }));
    return true;
  }
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
