// The one way in which bytes become lines.
import { joinBytes } from '../joinBytes.js';
import { BYTE_ORDER_MARK } from './decodeText.js';

/** A line without its line feed. */
export interface Line {
  /** `undefined` where it is longer than the limit. What is not UTF-8 in it has become U+FFFD. */
  readonly text: string | undefined;
  /** Bytes from the beginning of the file to the end of this line, its line feed included. */
  readonly end: number;
}

export interface LineReaderOptions {
  /** Bytes of the longest line that is read: samples of ten large images take a few hundred thousand. @default 16 MiB */
  readonly longest?: number;
  /** Place of the first byte in the file. @default 0 */
  readonly offset?: number;
  /** Whether a line is given as too long as soon as it is, for it may never end, with the place reached. @default at its end */
  readonly hasty?: boolean;
}

const LINE_FEED = 10;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Cuts UTF-8 that arrives in pieces into lines, in linear time. A byte order mark at the beginning is no part of the first line.
 * What follows the last line feed waits for the rest of its line; one line is held, and no more of it than the limit.
 */
export class LineReader {
  readonly #longest: number;
  #offset: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  readonly #isHasty: boolean;
  /** What follows the last line feed has been given as too long. */
  #isTold = false;

  constructor({ longest = 16 * 1024 * 1024, offset = 0, hasty = false }: LineReaderOptions = {}) {
    this.#isHasty = hasty;
    this.#longest = longest;
    this.#offset = offset;
  }

  /** Place of the first byte that has not been pushed. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes since the last line feed. */
  get restBytes(): number {
    return this.#heldBytes;
  }

  get #isTooLong(): boolean {
    return this.#heldBytes > this.#longest;
  }

  /** What follows the last line feed; `undefined` where it is too long. */
  get rest(): string | undefined {
    if (this.#isTooLong) return undefined;
    return withoutMark(decoder.decode(joinBytes(this.#held)), this.#offset === this.#heldBytes);
  }

  /** Lines that are whole now, in order. */
  push(bytes: Uint8Array): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      this.#hold(bytes.subarray(from, to));
      const isTold = this.#isTold;
      const line = { text: this.#take(), end: ++this.#offset };
      if (!isTold) lines.push(line);
      from = to + 1;
    }
    // A copy: the caller may use its buffer again.
    this.#hold(new Uint8Array(bytes.subarray(from)));
    if (this.#isHasty && this.#isTooLong && !this.#isTold) {
      lines.push({ text: undefined, end: this.#offset });
      this.#isTold = true;
    }
    return lines;
  }

  /** Takes what follows the last line feed for a whole line; none where nothing does. */
  flush(): Line[] {
    const isNothing = this.#heldBytes === 0 || this.#isTold;
    const line = { text: this.#take(), end: this.#offset };
    return isNothing ? [] : [line];
  }

  #hold(bytes: Uint8Array): void {
    this.#offset += bytes.length;
    this.#heldBytes += bytes.length;
    if (this.#isTooLong) this.#held = [];
    else if (bytes.length > 0) this.#held.push(bytes);
  }

  #take(): string | undefined {
    const text = this.rest;
    this.#held = [];
    this.#heldBytes = 0;
    this.#isTold = false;
    return text;
  }
}

function withoutMark(text: string, isFirst: boolean): string {
  return isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
