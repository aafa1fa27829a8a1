// From a path, or a stream of bytes, to what a format is asked about.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../../errors.js';
import type { DataInput, FileInput, FolderEntry, FolderInput } from '../../dataFormat.js';
import { fromIterable } from '../../fromIterable.js';
import type { SourceReader } from '../../source.js';
import { type DetectedBytes, detectGzip, openBytes } from './openBytes.js';
import { fail, inspect, notAFile } from './openFile.js';

/**
 * Opens what lies at a path; the caller closes it where it is a file.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`, `DATA_GZIP`; the signal's reason on abort
 */
export async function openInput(path: string, signal?: AbortSignal): Promise<DataInput> {
  const stats = await inspect(path);
  if (stats.isDirectory()) return openFolderInput(path);
  const bytes = openBytes(path, signal);
  try {
    const detected = await detectGzip(bytes, path);
    return new OpenedFile(path, stats.isFile() ? stats.size : undefined, detected, () => bytes.return());
  } catch (error) {
    await bytes.return();
    throw error;
  }
}

/** Lets a file at a path be used, and closes it. @throws DataError `DATA_NOT_A_FILE` for a folder, and as `openInput` */
export async function withFile<R>(
  path: string,
  signal: AbortSignal | undefined,
  use: (file: FileInput) => Promise<R>,
): Promise<R> {
  const input = await openInput(path, signal);
  if (input.kind === 'folder') throw notAFile(path);
  try {
    return await use(input);
  } finally {
    await input.close();
  }
}

/** Whether a file can be read in place: no gzip, no fifo, no device. */
export function isRaw({ size, isGzip }: Pick<FileInput, 'size' | 'isGzip'>): boolean {
  return size !== undefined && !isGzip;
}

/** @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE` */
export async function openFolderInput(path: string): Promise<FolderInput> {
  const found = await readdir(path, { withFileTypes: true }).catch(fail(path));
  const entries: FolderEntry[] = [];
  for (const entry of found) {
    const { name } = entry;
    entries.push({
      name,
      isFolder: entry.isSymbolicLink() ? await leadsToFolder(join(path, name)) : entry.isDirectory(),
    });
  }
  return { kind: 'folder', path, entries: entries.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

/** A link that leads nowhere is a file that cannot be found. */
function leadsToFolder(path: string): Promise<boolean> {
  return inspect(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/**
 * The bytes of a stream, e.g. stdin. Closing ends `bytes`, also during a pending read.
 * @param path names the stream in errors
 * @throws DataError `DATA_GZIP`; the signal's reason on abort
 */
export async function openStreamInput(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  signal: AbortSignal,
): Promise<FileInput> {
  const upstream = await fromIterable(bytes).open(signal);
  try {
    return new OpenedFile(path, undefined, await detectGzip(chunksOf(upstream), path), () => upstream.close());
  } catch (error) {
    await upstream.close();
    signal.throwIfAborted();
    throw error;
  }
}

/** The bytes of an opened source, as `detectGzip` takes them. */
function chunksOf(upstream: SourceReader<Uint8Array>): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => upstream.next(),
      async return() {
        await upstream.close();
        return { done: true, value: undefined };
      },
    }),
  };
}

class OpenedFile implements FileInput {
  readonly kind = 'file';
  readonly path: string;
  readonly size?: number;
  readonly isGzip: boolean;
  readonly #rest: AsyncGenerator<Uint8Array, void>;
  readonly #release: () => unknown;
  #start: Uint8Array = new Uint8Array(0);
  #isTaken = false;

  constructor(path: string, size: number | undefined, { isGzip, bytes }: DetectedBytes, release: () => unknown) {
    this.path = path;
    if (size !== undefined) this.size = size;
    this.isGzip = isGzip;
    this.#rest = bytes;
    this.#release = release;
  }

  async start(count: number): Promise<Uint8Array> {
    while (this.#start.length < count) {
      const { done, value } = await this.#rest.next();
      if (done === true) break;
      this.#start = this.#start.length === 0 ? value : Buffer.concat([this.#start, value]);
    }
    return this.#start;
  }

  async *bytes(): AsyncGenerator<Uint8Array, void> {
    if (this.#isTaken) throw readBefore(this.path);
    this.#isTaken = true;
    const start = this.#start;
    if (start.length > 0) yield start;
    yield* this.#rest;
  }

  async close(): Promise<void> {
    await this.#release();
  }
}

function readBefore(path: string): DataError {
  return new DataError({
    code: 'DATA_STATE',
    path,
    problem: 'these bytes have been read already',
    advice: 'Open the file once more.',
  });
}
