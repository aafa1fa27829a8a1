import { type EventHead, eventHead, HEAD_LENGTH } from '../eventHead.js';

/** A line of an event file: where it lies, and which event it is, if it is one. */
export interface EventPlace {
  readonly start: number;
  /** Its line feed included. */
  readonly end: number;
  readonly head: EventHead | undefined;
}

/** A longer line is known by its beginning or not at all: no more of it is held. */
const LONGEST_HELD = 64 * 1024;
const LINE_FEED = 10;

/** Finds the lines in the bytes of an event file, which arrive in pieces. Holds at most the beginning of one. */
export class EventPlaces {
  #start: number;
  #offset: number;
  #held = Buffer.alloc(0);

  /** @param offset place of the first byte, where a line begins */
  constructor(offset = 0) {
    this.#start = offset;
    this.#offset = offset;
  }

  /** Place of the first byte that has not been pushed. */
  get offset(): number {
    return this.#offset;
  }

  /** Lines that are whole now, in order. */
  push(bytes: Uint8Array): EventPlace[] {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const places: EventPlace[] = [];
    let from = 0;
    for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
      const end = this.#offset + to + 1;
      places.push({ start: this.#start, end, head: this.#headOf(piece, from, to, end) });
      this.#held = Buffer.alloc(0);
      this.#start = end;
      from = to + 1;
    }
    const room = LONGEST_HELD - this.#held.length;
    this.#held = Buffer.concat([this.#held, piece.subarray(from, from + room)]);
    this.#offset += piece.length;
    return places;
  }

  #headOf(piece: Buffer, from: number, to: number, end: number): EventHead | undefined {
    if (this.#held.length === 0) {
      const whole = () => piece.toString('utf8', from, to);
      return eventHead(piece.toString('latin1', from, Math.min(to, from + HEAD_LENGTH)), whole);
    }
    const line = Buffer.concat([this.#held, piece.subarray(from, Math.min(to, from + LONGEST_HELD))]);
    const isWhole = line.length === end - 1 - this.#start;
    const beginning = line.toString('latin1', 0, Math.min(line.length, HEAD_LENGTH));
    return eventHead(beginning, isWhole ? () => line.toString('utf8') : undefined);
  }
}
