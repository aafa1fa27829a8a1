import { foreignBytes } from '../../data/foreignBytes.js';
import { RunError } from '../../errors.js';
import { otherEncoding } from '../../text/decodeText.js';
import { printable } from '../../text/printable.js';
import { quote } from '../../text/quote.js';
import { TRACKING_FORMATS } from '../../tracking/formats.js';

/** Every format of other tools that `watch` reads, as the end of a sentence. */
export const WHAT_IS_READ = TRACKING_FORMATS.map(({ title }) => title).join(', ');

/** What to say of bytes that hold no run. @param start the first of them, decompressed */
export function refuseContent(path: string, start: Uint8Array): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: `this is no record of a run but ${likenessOf(start)}`,
    advice: `Read are events of Millrace, ${WHAT_IS_READ}; each also compressed with gzip. Of a file that grows, pipe all: tail -c +1 -f FILE.`,
  });
}

const SHOWN_CHARACTERS = 40;

function likenessOf(start: Uint8Array): string {
  const known = foreignBytes(start)?.what ?? otherEncoding(start);
  if (known !== undefined) return known;
  if (start.includes(0)) return 'binary data';
  const [line = ''] = new TextDecoder().decode(start.subarray(0, 1024)).trimStart().split('\n');
  const isTable = /^[^[{,;\t][^,;\t]*([,;\t][^,;\t]*)+$/.test(line);
  return `${isTable ? 'a table without a column of steps or epochs' : 'text'}: ${quote(printable(line.slice(0, SHOWN_CHARACTERS)))}`;
}
