// An event file for many readers at once, while it grows: each reads from the file at its own pace, so nothing is held for any of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { EventFile } from './eventFile.js';
import { type EventPlace, EventPlaces } from './eventPlaces.js';

/** How often the file is looked at: a watcher of the system misses network file systems. */
const LOOK_AGAIN_MS = 100;
const BLOCK_BYTES = 64 * 1024;
/** Bytes between two places that are remembered: 2 GB take 32,000 of them. */
const INDEX_BYTES = 64 * 1024;
/** Blocks that are kept for other readers at the same place: those that are up to date all read the newest. */
const MOST_BLOCKS = 8;
/** Beginnings of a run that are remembered: it is resumed a few times at most. */
const MOST_BEGINNINGS = 1000;
/** Types of events that are counted: a hostile file may have one of its own on each line. */
const MOST_TYPES = 100;
const LINE_FEED = 10;

/** Where an event is. */
interface Mark {
  readonly seq: number;
  readonly offset: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * An event file that may grow, be cut (by a resume) or replaced. It is read once from its beginning to know where its events are, and then
 * looked at every tenth of a second. Memory: a place for each 64 KiB of the file.
 */
export class EventLog {
  readonly #file: EventFile;
  readonly #closing = new AbortController();
  readonly #readers = new Set<LogReader>();
  readonly #blocks = new Map<string, Promise<Uint8Array>>();
  readonly #waiting = new Set<() => void>();
  readonly #following: Promise<void>;
  /** Resolves when it has been read to its end for the first time. */
  readonly ready: Promise<void>;
  #isReady!: () => void;
  #places = new EventPlaces();
  #marks: Mark[] = [];
  #beginnings: Range[] = [];
  readonly #last = new Map<string, Range>();
  readonly #counts = new Map<string, number>();
  #end = 0;
  #newest: number | undefined;
  #lastType: string | undefined;
  /** How often it has been read to its end. */
  #looks = 0;
  #isFinished = false;

  private constructor(file: EventFile) {
    this.#file = file;
    this.ready = new Promise((resolve) => {
      this.#isReady = resolve;
    });
    this.#following = this.#follow();
  }

  /** @throws RunError `RUN_NOT_FOUND` when the file cannot be opened */
  static async open(path: string): Promise<EventLog> {
    return new EventLog(await EventFile.open(path));
  }

  /** Bytes of the whole lines that are known. */
  get end(): number {
    return this.#end;
  }

  /** Number of the newest event. */
  get newest(): number | undefined {
    return this.#newest;
  }

  /** The last line is the end of a run. */
  get isOver(): boolean {
    return this.#lastType === 'end';
  }

  /** Events by their types. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** It has been read to its present end, and nothing more is expected. */
  get isFinished(): boolean {
    return this.closed || this.#isFinished;
  }

  /** A reader that begins at this place, where a line begins. */
  reader(offset = 0): LogReader {
    const reader = new LogReader(this, offset, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  /** Place of the first event with at least this number; the end where there is none yet. */
  async find(seq: number): Promise<number> {
    const after = this.#marks.findLast((mark) => mark.seq <= seq)?.offset ?? 0;
    const places = new EventPlaces(after);
    while (places.offset < this.#end) {
      const found = places.push(await this.read(places.offset)).find(({ head }) => (head?.seq ?? -1) >= seq);
      if (found !== undefined) return found.start;
    }
    return this.#end;
  }

  /** The last line of each of these types, and of each figure that is measured; none of more than 64 KiB. */
  async lastLines(types: readonly string[]): Promise<string[]> {
    const ranges = [...this.#last].filter(([kind]) => types.includes(kind.split(' ', 1)[0]!));
    const lines = await Promise.all(ranges.map(([, range]) => this.#lineAt(range)));
    return lines.filter((line) => line !== undefined);
  }

  /** The `run` events, oldest first: that of the beginning, and those of resumes. */
  async runLines(): Promise<string[]> {
    const lines = await Promise.all(this.#beginnings.map((range) => this.#lineAt(range)));
    return lines.filter((line) => line !== undefined);
  }

  /** Up to 64 KiB of whole lines from here; of a line that is longer, a piece. Empty at the end. */
  async read(offset: number): Promise<Uint8Array> {
    const length = Math.min(BLOCK_BYTES, this.#end - offset);
    if (length <= 0) return new Uint8Array();
    const key = `${offset}:${length}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) return known;
    const block = this.#file.read(offset, length).then(upToLastLine);
    block.catch(() => this.#blocks.delete(key));
    this.#blocks.set(key, block);
    if (this.#blocks.size > MOST_BLOCKS) this.#blocks.delete(this.#blocks.keys().next().value!);
    return block;
  }

  /**
   * Resolves when there may be more, when the log is finished or closed, and when the signal aborts.
   * @returns false where so many milliseconds have gone by before
   */
  changed(signal: AbortSignal, withinMs?: number): Promise<boolean> {
    if (this.closed || signal.aborted) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (isNews: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve(isNews);
      };
      const wake = (): void => settle(true);
      const timer = withinMs === undefined ? undefined : setTimeout(settle, withinMs, false);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Resolves when all is known that the file has now. */
  async settled(): Promise<void> {
    // The look that is under way may have begun before the last line was written.
    const looks = this.#looks + 2;
    while (this.#looks < looks && !this.closed) await sleep(LOOK_AGAIN_MS / 5);
  }

  /** Nothing more is written: readers end when they have read what there is. */
  async finish(): Promise<void> {
    await this.settled();
    this.#isFinished = true;
    this.wake();
  }

  /** Those who wait for news look again. */
  wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#isReady();
    this.wake();
    await this.#following;
    await this.#file.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      // A disk that fails for a moment is asked again.
      const isMore = await this.#readOn().catch(() => false);
      if (isMore) continue;
      this.#isReady();
      this.#looks += 1;
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #readOn(): Promise<boolean> {
    const bytes = await this.#file.read(this.#places.offset, 4 * BLOCK_BYTES);
    if (bytes.length > 0) {
      for (const place of this.#places.push(bytes)) this.#add(place);
      this.wake();
      return true;
    }
    const change = await this.#file.change(this.#places.offset);
    if (change?.kind !== 'cut' && change?.kind !== 'replaced') return false;
    await this.#cut(change.kind === 'cut' ? change.bytes : 0);
    return true;
  }

  #add({ start, end, head }: EventPlace): void {
    this.#end = end;
    if (head === undefined) return;
    const { type, seq, measured } = head;
    this.#lastType = type;
    putBounded(this.#counts, type, (this.#counts.get(type) ?? 0) + 1);
    putBounded(this.#last, measured === undefined ? type : `${type} ${measured}`, { start, end });
    if (type === 'run' && this.#beginnings.length < MOST_BEGINNINGS) this.#beginnings.push({ start, end });
    if (seq === undefined) return;
    this.#newest = seq;
    const mark = this.#marks.at(-1);
    if (mark === undefined || (start - mark.offset >= INDEX_BYTES && seq > mark.seq))
      this.#marks.push({ seq, offset: start });
  }

  /** What stays is read again; readers that were beyond it go on from there. */
  async #cut(bytes: number): Promise<void> {
    this.#marks = [];
    this.#beginnings = [];
    this.#last.clear();
    this.#counts.clear();
    this.#blocks.clear();
    this.#newest = undefined;
    this.#lastType = undefined;
    this.#end = 0;
    this.#places = new EventPlaces();
    while (this.#places.offset < bytes && !this.closed) {
      const length = Math.min(BLOCK_BYTES, bytes - this.#places.offset);
      const read = await this.#file.read(this.#places.offset, length);
      if (read.length === 0) break;
      for (const place of this.#places.push(read)) this.#add(place);
    }
    for (const reader of this.#readers) reader.goBackTo(this.#end);
    this.wake();
  }

  async #lineAt({ start, end }: Range): Promise<string | undefined> {
    if (end - start > BLOCK_BYTES) return undefined;
    return Buffer.from(await this.#file.read(start, end - start)).toString('utf8');
  }
}

function putBounded<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.size < MOST_TYPES || map.has(key)) map.set(key, value);
}

function upToLastLine(block: Uint8Array): Uint8Array {
  const last = block.lastIndexOf(LINE_FEED);
  return last < 0 ? block : block.subarray(0, last + 1);
}

/** Reads a log from one place to its end, one block at a time. */
export class LogReader {
  readonly #log: EventLog;
  readonly #release: () => void;
  #offset: number;
  #jumps = 0;

  constructor(log: EventLog, offset: number, release: () => void) {
    this.#log = log;
    this.#offset = offset;
    this.#release = release;
  }

  /** How often it was sent back, because the file was cut: what it read last may be the beginning of a line without its end. */
  get jumps(): number {
    return this.#jumps;
  }

  /** Has read all that there is. */
  get atEnd(): boolean {
    return this.#offset >= this.#log.end;
  }

  /** The next block; `undefined` where there is none for now. */
  async next(): Promise<Uint8Array | undefined> {
    while (!this.atEnd && !this.#log.closed) {
      const jumps = this.#jumps;
      const block = await this.#log.read(this.#offset);
      if (jumps !== this.#jumps) continue;
      if (block.length === 0) return undefined;
      this.#offset += block.length;
      return block;
    }
    return undefined;
  }

  /** The file ends here now. */
  goBackTo(offset: number): void {
    if (offset >= this.#offset) return;
    this.#offset = offset;
    this.#jumps += 1;
  }

  close(): void {
    this.#release();
  }
}
