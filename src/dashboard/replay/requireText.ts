import { RunError } from '../../errors.js';
import { otherEncoding } from '../../text/decodeText.js';

/**
 * @param start the first bytes of what is to hold events
 * @throws RunError `RUN_NOT_FOUND` where they are no text in UTF-8
 */
export function requireText(path: string, start: Uint8Array): void {
  const otherwise = otherEncoding(start);
  if (otherwise === undefined) return;
  throw new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: `this is not an event file but ${otherwise}`,
    advice: 'Name a run folder or its events.ndjson; millrace watch --list shows the runs kept here.',
  });
}
