import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type EventLine, EventLines } from '../../events/eventLines.js';
import type { EventReading, RecordedEvents } from '../../events/recordedEvents.js';
import { FileReading } from '../fileReading.js';
import type { TrackingFormat } from '../format.js';
import { HeldBytes } from '../heldBytes.js';
import { recognised } from '../recognition.js';
import { ToldEvents, type ToldEventsOptions } from '../toldEvents.js';

export interface TrackedStreamOptions extends Pick<ToldEventsOptions, 'decodePicture'> {
  /** Names it in errors. */
  readonly path: string;
  /** What to say of bytes that are neither events nor of any format. @param start the first of them */
  refuse(path: string, start: Uint8Array): Error;
}

const NOTHING = new Uint8Array();
/** More than the longest record of any format. */
const MOST_HELD_BYTES = 128 * 1024 * 1024;

/**
 * A pipe, of events of our own or in another tool's format: its first bytes tell. It is read when it is asked for, and once; what no
 * one asks for stays with its writer.
 */
export class TrackedStream implements RecordedEvents {
  readonly rereadable = false;
  readonly #options: TrackedStreamOptions;
  #stream: Readable;
  #closed = false;
  #listener: () => void = () => undefined;
  #reading: StreamReading | undefined;

  constructor(stream: Readable, options: TrackedStreamOptions) {
    this.#options = options;
    this.#stream = stream;
    this.#listen(stream);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get isForeign(): boolean {
    return this.#reading?.isForeign === true;
  }

  get remarks(): readonly string[] {
    return this.#reading?.remarks ?? [];
  }

  onReadable(listener: () => void): void {
    this.#listener = listener;
  }

  async change(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    this.#stream.destroy();
  }

  /** What has been read cannot be read again. */
  eventsFrom(place: number): EventReading {
    if (this.#reading !== undefined) return { offset: place, next: async () => undefined };
    this.#reading = new StreamReading(this.#options, () => this.#take());
    return this.#reading;
  }

  #listen(stream: Readable): void {
    const end = (): void => {
      if (stream !== this.#stream) return;
      this.#closed = true;
      this.#listener();
    };
    stream.on('readable', () => this.#listener());
    stream.on('end', end);
    // A writer that breaks off has written what it has written.
    stream.on('error', end);
    stream.on('close', end);
  }

  /** What there is now; where it is compressed, what comes out of it. */
  #take(): Taken {
    // Before it is read: it may close meanwhile, with something left in it.
    const closed = this.#closed;
    return {
      bytes: (this.#stream.read() as Uint8Array | null) ?? NOTHING,
      closed,
      unpack: (start) => this.#unpack(start),
    };
  }

  #unpack(start: Uint8Array): void {
    const packed = this.#stream;
    // Who listens for it has the flow in hand.
    packed.removeAllListeners('readable');
    const gunzip = createGunzip();
    this.#stream = gunzip;
    this.#closed = false;
    this.#listen(gunzip);
    gunzip.on('close', () => packed.destroy());
    gunzip.write(start);
    packed.on('error', () => gunzip.end());
    if (packed.readableEnded || packed.destroyed) gunzip.end();
    else packed.pipe(gunzip);
  }
}

interface Taken {
  readonly bytes: Uint8Array;
  readonly closed: boolean;
  unpack(start: Uint8Array): void;
}

class StreamReading implements EventReading {
  readonly #options: TrackedStreamOptions;
  readonly #take: () => Taken;
  #held = new HeldBytes();
  /** What it has turned out to be. */
  #ours: EventLines | undefined;
  #theirs: { readonly reading: FileReading; readonly told: ToldEvents } | undefined;
  #isUnpacked = false;

  constructor(options: TrackedStreamOptions, take: () => Taken) {
    this.#options = options;
    this.#take = take;
  }

  get offset(): number {
    return this.#ours?.offset ?? this.#theirs?.told.place ?? this.#held.length;
  }

  get isForeign(): boolean {
    return this.#theirs !== undefined;
  }

  get remarks(): readonly string[] {
    return this.#theirs === undefined ? [] : [...this.#theirs.reading.remarks, ...this.#theirs.told.remarks];
  }

  async next(): Promise<readonly EventLine[] | undefined> {
    const { bytes, closed, unpack } = this.#take();
    if (this.#ours !== undefined) return nextOf(this.#ours, bytes, closed);
    if (bytes.length > 0 && this.#theirs?.reading.broken !== true) this.#held.push(bytes);
    if (this.#theirs !== undefined) return this.#nextOfTheirs(bytes.length > 0, closed);
    const [first, second] = this.#held.whole();
    if (first === 0x1f && second === 0x8b && !this.#isUnpacked) {
      this.#isUnpacked = true;
      const start = this.#held.whole();
      this.#held = new HeldBytes();
      unpack(start);
      return [];
    }
    this.#recognise(bytes.length === 0 && closed);
    if (this.#ours === undefined && this.#theirs === undefined) return bytes.length > 0 ? [] : undefined;
    if (this.#ours === undefined) return this.#nextOfTheirs(bytes.length > 0, closed);
    const start = this.#held.whole();
    this.#held = new HeldBytes();
    return nextOf(this.#ours, start, closed);
  }

  #recognise(ended: boolean): void {
    const { path, refuse, decodePicture } = this.#options;
    const start = this.#held.whole();
    const format = recognised(start, path, ended);
    if (format === undefined) return;
    if (format === 'unknown') throw refuse(path, start);
    if (format === 'ours') this.#ours = new EventLines();
    else this.#theirs = readingOf(format, new ToldEvents({ run: path, began: 0, decodePicture }));
  }

  async #nextOfTheirs(isNews: boolean, closed: boolean): Promise<readonly EventLine[] | undefined> {
    const { reading, told } = this.#theirs!;
    const from = reading.offset;
    let decoded = await reading.next(this.#held, Number.POSITIVE_INFINITY, closed && !isNews);
    if (this.#held.length > MOST_HELD_BYTES) decoded = reading.stop('nothing can be made of what follows');
    if (reading.broken) this.#held = new HeldBytes();
    else this.#held.forget(reading.offset);
    if (decoded === undefined) return isNews ? [] : undefined;
    return told.linesOf(decoded, this.#options.path, from);
  }
}

function readingOf(format: TrackingFormat, told: ToldEvents): { reading: FileReading; told: ToldEvents } {
  return { reading: new FileReading(format.decoder()), told };
}

function nextOf(lines: EventLines, bytes: Uint8Array, closed: boolean): readonly EventLine[] | undefined {
  if (bytes.length > 0) return lines.push(bytes);
  const rest = closed ? lines.flush() : [];
  return rest.length > 0 ? rest : undefined;
}
