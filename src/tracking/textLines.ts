import { LineReader } from '../text/lineReader.js';
import type { Decoded, Rest } from './format.js';

/** A row of thousands of columns has some. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** The lines that are whole in some bytes, and what a decoder says of the bytes themselves. */
export interface TextLines {
  readonly lines: readonly string[];
  readonly decoded: Pick<Decoded, 'used' | 'needed' | 'broken'>;
}

/** @param isFirst whether the bytes begin a file, which may have a byte order mark */
export function textLines(bytes: Uint8Array, rest: Rest, isFirst: boolean): TextLines {
  // Where a file was made longer before it was written, zeros stand in the place of text.
  const zero = bytes.indexOf(0);
  const given = zero < 0 ? bytes : bytes.subarray(0, zero);
  // Where the first byte stands tells what has a mark.
  const reader = new LineReader({ offset: isFirst ? 0 : 1 });
  const read = reader.push(given);
  if (rest === 'nothing') read.push(...reader.flush());
  const used = read.length === 0 ? 0 : read.at(-1)!.end - (isFirst ? 0 : 1);
  const lines = read.map(({ text = '' }) => text.trimEnd());
  if (used > 0 || zero >= 0 || rest !== 'more') return { lines, decoded: { used } };
  if (bytes.length > LONGEST_LINE) return { lines, decoded: { used, broken: 'a line is longer than 4 MiB' } };
  return { lines, decoded: { used, needed: 2 * bytes.length } };
}
