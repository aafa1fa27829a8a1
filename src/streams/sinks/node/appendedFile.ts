import { type FileHandle, open } from 'node:fs/promises';
import type { SinkError } from '../../../errors.js';
import { sinkError } from './sinkError.js';

/** So much is gathered before it is written: a write for each update would cost more than the update. */
const CHUNK_BYTES = 64 * 1024;
/** What has been gathered is written after so long at the latest, for who reads along. */
const FLUSH_MS = 1000;

/**
 * A new file of records. Each is in the file a second later, and on the disk when it is closed; where the disk takes no more, the
 * file is left with whole records. Holds two chunks of 64 KiB and a record at most, where the writer waits as it is told to.
 */
export class AppendedFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;
  #writing: Promise<void> | undefined;
  /** Bytes of the file that are whole records. */
  #written = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failure: SinkError | undefined;

  private constructor(handle: FileHandle, path: string) {
    this.#handle = handle;
    this.path = path;
  }

  /** @throws SinkError `SINK_UNWRITABLE` where there is one, or none can be made */
  static async create(path: string): Promise<AppendedFile> {
    try {
      return new AppendedFile(await open(path, 'ax'), path);
    } catch (error) {
      throw sinkError(error as NodeJS.ErrnoException, path);
    }
  }

  /**
   * @returns a promise while it can take no more
   * @throws SinkError `SINK_UNWRITABLE` once something could not be written
   */
  append(record: Uint8Array): Promise<void> | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    this.#gathered.push(record);
    this.#gatheredBytes += record.length;
    if (this.#gatheredBytes >= CHUNK_BYTES) return this.flush();
    // A failure is told by the next call.
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), FLUSH_MS);
    return undefined;
  }

  /** Writes what is gathered. @throws SinkError */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gatheredBytes === 0) return;
    const records = this.#gathered;
    const bytes = this.#gatheredBytes;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    this.#writing = this.#write(records, bytes);
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Writes what is gathered, and has it on the disk. @throws SinkError */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.flush();
      await this.#handle.sync().catch((error) => {
        throw sinkError(error, this.path);
      });
    } finally {
      await this.#handle.close();
    }
  }

  /** Never rejects: the failure is kept, for whoever comes next. */
  async #write(records: readonly Uint8Array[], bytes: number): Promise<void> {
    try {
      await this.#handle.writeFile(Buffer.concat(records));
      this.#written += bytes;
    } catch (error) {
      this.#failure = sinkError(error as NodeJS.ErrnoException, this.path);
      await this.#handle.truncate(this.#written).catch(() => undefined);
    }
  }
}
