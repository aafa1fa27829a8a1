import type { FileReading } from './fileReading.js';
import type { ToldEvents } from './toldEvents.js';

/** All that it takes to read on from a place. */
export interface SavedReading {
  readonly told: ToldEvents;
  readonly readings: ReadonlyMap<number, FileReading>;
  /** Of the order in which files were read. */
  readonly stretch: number;
}

/** Bytes of one file that were read in a row, up to here. */
interface Stretch {
  readonly file: number;
  to: number;
}

const MOST_SAVED = 128;
/** Bytes between two places; they take some milliseconds to read again. */
const FIRST_SPACING = 512 * 1024;

/**
 * In which order the files of a run were read, for whoever reads them again, and places to begin at: thinned out evenly, so that a
 * recording of any length has some.
 */
export class RunLog {
  readonly stretches: Stretch[] = [];
  #saved: SavedReading[] = [];
  #spacing = FIRST_SPACING;
  #sinceSaved = Number.POSITIVE_INFINITY;

  /** @param bytes that were read of a file, up to `to` */
  took(file: number, to: number, bytes: number): void {
    const last = this.stretches.at(-1);
    if (last?.file === file) last.to = to;
    else this.stretches.push({ file, to });
    this.#sinceSaved += bytes;
  }

  /** Keeps a place where it is far enough from the last one; when there are too many, every second one leaves. */
  offer(save: () => SavedReading): void {
    if (this.#sinceSaved < this.#spacing) return;
    this.#saved.push(save());
    this.#sinceSaved = 0;
    if (this.#saved.length <= MOST_SAVED) return;
    this.#saved = this.#saved.filter((_, index) => index % 2 === 0);
    this.#spacing *= 2;
  }

  /** The last one that is not behind a place of an event; `undefined` where nothing has been read. */
  savedBefore(place: number): SavedReading | undefined {
    return this.#saved.findLast((saved) => saved.told.place <= place);
  }
}
