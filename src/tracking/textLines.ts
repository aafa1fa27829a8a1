import { LineReader } from '../text/lineReader.js';
import type { Decoded, Rest } from './format.js';

/** A row of thousands of columns has some. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** The lines that are whole in some bytes, and what a decoder says of the bytes themselves. */
export interface WholeLines {
  readonly lines: readonly string[];
  readonly decoded: Pick<Decoded, 'used' | 'needed' | 'broken'>;
}

const LINE_FEED = 10;

/** Lines out of the bytes that a decoder is given, those of a line that is not whole yet once more each time. */
export class TextLines {
  /** Bytes of such a line in which no line feed is: looked at once, since it may come in thousands of small pieces. */
  #searched = 0;

  /** @param isFirst whether the bytes begin a file, which may have a byte order mark */
  in(bytes: Uint8Array, rest: Rest, isFirst: boolean): WholeLines {
    if (rest === 'nothing' || bytes.indexOf(LINE_FEED, this.#searched) >= 0) {
      this.#searched = 0;
      return cut(bytes, rest, isFirst);
    }
    // What zeros stand in the place of may yet have one.
    const zero = bytes.indexOf(0, this.#searched);
    this.#searched = Math.max(this.#searched, zero < 0 ? bytes.length : zero);
    return { lines: [], decoded: zero < 0 && rest === 'more' ? ofLongLine(bytes) : { used: 0 } };
  }
}

function cut(bytes: Uint8Array, rest: Rest, isFirst: boolean): WholeLines {
  // Where a file was made longer before it was written, zeros stand in the place of text.
  const zero = bytes.indexOf(0);
  const given = zero < 0 ? bytes : bytes.subarray(0, zero);
  // Where the first byte stands tells what has a mark.
  const reader = new LineReader({ offset: isFirst ? 0 : 1 });
  const read = reader.push(given);
  if (rest === 'nothing') read.push(...reader.flush());
  const used = read.length === 0 ? 0 : read.at(-1)!.end - (isFirst ? 0 : 1);
  const lines = read.map(({ text = '' }) => text.trimEnd());
  return { lines, decoded: used > 0 || zero >= 0 || rest !== 'more' ? { used } : ofLongLine(bytes) };
}

function ofLongLine(bytes: Uint8Array): WholeLines['decoded'] {
  if (bytes.length > LONGEST_LINE) return { used: 0, broken: 'a line is longer than 4 MiB' };
  return { used: 0, needed: 2 * bytes.length };
}
