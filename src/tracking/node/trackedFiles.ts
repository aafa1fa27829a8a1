import type { Bytes } from '../fileReading.js';
import type { RunFiles } from '../runFiles.js';
import { GzipBytes } from './gzipBytes.js';
import { TrackedFile } from './trackedFile.js';

const LOOK_FOR_FILES_MS = 2000;
/** Of one run, all of them open. */
const MOST_FILES = 256;

interface OpenFile {
  readonly file: TrackedFile;
  readonly isCompressed: boolean;
  /** Of the reading that goes ahead. */
  first: Bytes | undefined;
}

/** The files of a run on a disk. */
export class TrackedFiles implements RunFiles {
  readonly #find: () => Promise<readonly string[]>;
  #files: OpenFile[] = [];
  #looked = performance.now();

  private constructor(find: () => Promise<readonly string[]>) {
    this.#find = find;
  }

  /** @param find gives the paths, in their order @throws what the system says of the first that cannot be opened */
  static async open(find: () => Promise<readonly string[]>): Promise<TrackedFiles> {
    const files = new TrackedFiles(find);
    await files.#open(await find());
    return files;
  }

  get count(): number {
    return this.#files.length;
  }

  /** Bytes of all of them, when they were last looked at. */
  get size(): number {
    return this.#files.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** When the newest was written, in milliseconds. */
  get modified(): number {
    return Math.max(0, ...this.#files.map(({ file }) => file.modified));
  }

  /** None of them has its name any more. */
  get gone(): boolean {
    return this.#files.length > 0 && this.#files.every(({ file }) => file.gone);
  }

  get isCompressed(): boolean {
    return this.#files.some(({ isCompressed }) => isCompressed);
  }

  get problems(): readonly string[] {
    return this.#files.flatMap(({ first }) => first?.problem ?? []);
  }

  pathOf(index: number): string {
    return this.#files[index]!.file.path;
  }

  bytesOf(index: number): Bytes {
    const open = this.#files[index]!;
    const bytes: Bytes = open.isCompressed ? new GzipBytes(open.file) : open.file;
    open.first ??= bytes;
    return bytes;
  }

  async reached(index: number, offset: number): Promise<void> {
    const { file, first } = this.#files[index]!;
    await file.mark(first instanceof GzipBytes ? first.taken : offset);
  }

  async look(index: number): Promise<boolean> {
    return this.#files[index]!.file.look();
  }

  async findMore(): Promise<void> {
    if (performance.now() - this.#looked < LOOK_FOR_FILES_MS) return;
    this.#looked = performance.now();
    await this.#open(await this.#find()).catch(() => undefined);
  }

  /** They are read again, from the start. */
  async renew(): Promise<void> {
    const paths = await this.#find();
    await this.close();
    this.#files = [];
    await this.#open(paths);
  }

  /** What they were like can still be asked. */
  async close(): Promise<void> {
    await Promise.all(this.#files.map(({ file }) => file.close()));
  }

  async #open(paths: readonly string[]): Promise<void> {
    const known = new Set(this.#files.map(({ file }) => file.path));
    for (const path of paths) {
      if (known.has(path) || this.#files.length >= MOST_FILES) continue;
      const file = await TrackedFile.open(path);
      const [first, second] = await file.read(0, 2);
      this.#files.push({ file, isCompressed: first === 0x1f && second === 0x8b, first: undefined });
    }
  }
}
