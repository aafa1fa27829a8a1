import type { FileChange } from '../../events/fileChange.js';
import type { EventReading, RecordedEvents } from '../../events/recordedEvents.js';
import type { TrackingFormat } from '../format.js';
import { RunLog } from '../runLog.js';
import { FirstReading, type RunReadingOptions, SecondReading } from '../runReading.js';
import { ToldEvents, type ToldEventsOptions } from '../toldEvents.js';
import { TrackedFiles } from './trackedFiles.js';

export interface TrackedRunOptions extends Pick<ToldEventsOptions, 'run' | 'decodePicture'> {
  readonly format: TrackingFormat;
  /** Whether what is appended later belongs to it. */
  readonly follow: boolean;
  /** Paths of the run's files, in their order; asked now and then, for further ones. */
  paths(): Promise<readonly string[]>;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Without news for so long a run is thought to be dead. */
const QUIET_MS = 10 * 60_000;
/** What is longer takes a while to read. */
const LONG_BYTES = 32 * 1024 * 1024;

/** A run in files of another tool, which grow, shrink and are replaced: its events are made while it is read. */
export class TrackedRun implements RecordedEvents {
  readonly rereadable = true;
  readonly isForeign = true;
  readonly closed: boolean;
  readonly #options: TrackedRunOptions;
  readonly #files: TrackedFiles;
  #log = new RunLog();
  #first: FirstReading | undefined;
  #wasGone = false;

  private constructor(options: TrackedRunOptions, files: TrackedFiles) {
    this.#options = options;
    this.#files = files;
    this.closed = !options.follow;
  }

  /** @throws what the system says of a file that cannot be opened */
  static async open(options: TrackedRunOptions): Promise<TrackedRun> {
    return new TrackedRun(options, await TrackedFiles.open(() => options.paths()));
  }

  get remarks(): readonly string[] {
    const news =
      this.#first === undefined
        ? undefined
        : (silence(this.#first, this.#files, this.#now()) ?? progress(this.#first, this.#files));
    return [
      ...new Set([...(this.#first?.remarks ?? []), ...this.#files.problems, ...(news === undefined ? [] : [news])]),
    ];
  }

  eventsFrom(place: number): EventReading {
    const saved = this.#first === undefined ? undefined : this.#log.savedBefore(place);
    if (saved !== undefined) return new SecondReading(this.#reading(), saved, place);
    const { run, decodePicture } = this.#options;
    this.#first = new FirstReading(
      this.#reading(),
      new ToldEvents({ run, decodePicture, began: this.#files.modified }),
    );
    return this.#first;
  }

  async change(): Promise<FileChange | undefined> {
    if (this.closed) return undefined;
    if (this.#first?.isRewritten === true) {
      await this.#files.renew();
      this.#log = new RunLog();
      this.#first = undefined;
      return { kind: 'rewritten' };
    }
    const isNews = this.#files.gone && !this.#wasGone;
    this.#wasGone = this.#files.gone;
    return isNews ? { kind: 'gone' } : undefined;
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  #reading(): RunReadingOptions {
    return { format: this.#options.format, files: this.#files, log: this.#log, closed: this.closed };
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function silence({ atEnd, told }: FirstReading, { modified }: TrackedFiles, now: number): string | undefined {
  if (!atEnd || told.ended || now - modified < QUIET_MS) return undefined;
  return `no news since ${new Date(modified).toISOString().slice(0, 16).replace('T', ' ')} UTC, and no end: it may have stopped`;
}

function progress({ atEnd, bytesRead }: FirstReading, { size, isCompressed }: TrackedFiles): string | undefined {
  if (atEnd || isCompressed || size < LONG_BYTES) return undefined;
  const percent = Math.min(99, Math.floor((100 * bytesRead) / size));
  return `${percent} % of ${Math.round(size / 2 ** 20)} MiB read so far`;
}
