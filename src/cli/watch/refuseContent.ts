import { foreignBytes } from '../../data/foreignBytes.js';
import { RunError } from '../../errors.js';
import { otherEncoding } from '../../text/decodeText.js';
import { TRACKING_FORMATS } from '../../tracking/formats.js';

/** Every format of other tools that `watch` reads, as the end of a sentence. */
export const WHAT_IS_READ = TRACKING_FORMATS.map(({ title }) => title).join(', ');

/** What to say of bytes that hold no run. @param start the first of them, decompressed */
export function refuseContent(path: string, start: Uint8Array): RunError {
  const what = foreignBytes(start)?.what ?? otherEncoding(start) ?? 'something else';
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: `this is no record of a run but ${what}`,
    advice: `Read are events of Millrace, ${WHAT_IS_READ}; each also compressed with gzip. Of a file that grows, pipe all: tail -c +1 -f FILE.`,
  });
}
