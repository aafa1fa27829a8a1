import type { EventLine } from '../events/eventLines.js';
import type { EventReading } from '../events/recordedEvents.js';
import { type Bytes, FileReading } from './fileReading.js';
import type { TrackingFormat } from './format.js';
import type { RunFiles } from './runFiles.js';
import type { RunLog, SavedReading } from './runLog.js';
import type { ToldEvents } from './toldEvents.js';

export interface RunReadingOptions {
  readonly format: TrackingFormat;
  readonly files: RunFiles;
  readonly log: RunLog;
  /** Whether nothing will follow what is there. */
  readonly closed: boolean;
}

/** Reads a run of several files: what is in none of them is what comes next. */
abstract class RunReading implements EventReading {
  readonly options: RunReadingOptions;
  readonly told: ToldEvents;
  readonly readings: Map<number, FileReading>;
  readonly #bytes = new Map<number, Bytes>();

  constructor(options: RunReadingOptions, { told, readings }: Pick<SavedReading, 'told' | 'readings'>) {
    this.options = options;
    this.told = told.copy();
    this.readings = new Map([...readings].map(([index, reading]) => [index, reading.copy()]));
  }

  get offset(): number {
    return this.told.place;
  }

  abstract next(): Promise<readonly EventLine[] | undefined>;

  /** @returns the events of what was read, and how many bytes it was; `undefined` where there is nothing new */
  async readFile(index: number, until: number): Promise<{ lines: EventLine[]; bytes: number } | undefined> {
    const { files, closed } = this.options;
    const reading = this.readingOf(index);
    const from = reading.offset;
    const decoded = await reading.next(this.#bytesOf(index), until, closed);
    if (decoded === undefined) return undefined;
    return { lines: await this.told.linesOf(decoded, files.pathOf(index), from), bytes: decoded.used };
  }

  readingOf(index: number): FileReading {
    const reading = this.readings.get(index) ?? new FileReading(this.options.format.decoder());
    this.readings.set(index, reading);
    return reading;
  }

  #bytesOf(index: number): Bytes {
    const bytes = this.#bytes.get(index) ?? this.options.files.bytesOf(index);
    this.#bytes.set(index, bytes);
    return bytes;
  }
}

/** Goes ahead: reads each file to its end, in their order, and then whichever grows. */
export class FirstReading extends RunReading {
  #current = 0;
  /** All that there is has been read, once at least. */
  #atEnd = false;
  #isRewritten = false;

  constructor(options: RunReadingOptions, told: ToldEvents) {
    super(options, { told, readings: new Map() });
    this.#offer();
  }

  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** What has been read stands there no more. */
  get isRewritten(): boolean {
    return this.#isRewritten;
  }

  /** Bytes of all files that have been read. */
  get bytesRead(): number {
    return [...this.readings.values()].reduce((sum, { offset }) => sum + offset, 0);
  }

  get remarks(): readonly string[] {
    return [...[...this.readings.values()].flatMap(({ remarks }) => remarks), ...this.told.remarks];
  }

  async next(): Promise<readonly EventLine[] | undefined> {
    const { files, log, closed } = this.options;
    if (this.#atEnd && !closed) await files.findMore();
    for (let turn = 0; turn < files.count; turn++) {
      const index = (this.#current + turn) % files.count;
      if (this.#atEnd && !closed && !(await files.look(index))) {
        this.#isRewritten = true;
        return undefined;
      }
      const read = await this.readFile(index, Number.POSITIVE_INFINITY);
      if (read === undefined) {
        await files.reached(index, this.readingOf(index).offset);
        continue;
      }
      this.#current = index;
      this.#atEnd = false;
      log.took(index, this.readingOf(index).offset, read.bytes);
      this.#offer();
      return read.lines;
    }
    this.#atEnd = true;
    return undefined;
  }

  #offer(): void {
    const { log } = this.options;
    log.offer(() => ({
      told: this.told.copy(),
      readings: new Map([...this.readings].map(([index, reading]) => [index, reading.copy()])),
      stretch: Math.max(0, log.stretches.length - 1),
    }));
  }
}

/** Reads again what has been read, in the same order. */
export class SecondReading extends RunReading {
  readonly #from: number;
  #stretch: number;

  /** @param place after which events are given */
  constructor(options: RunReadingOptions, saved: SavedReading, place: number) {
    super(options, saved);
    this.#from = place;
    this.#stretch = saved.stretch;
  }

  async next(): Promise<readonly EventLine[] | undefined> {
    for (;;) {
      const stretch = this.options.log.stretches[this.#stretch];
      if (stretch === undefined) return undefined;
      const read = await this.readFile(stretch.file, stretch.to);
      if (read === undefined) this.#stretch += 1;
      else return read.lines.filter(({ end }) => end > this.#from);
    }
  }
}
