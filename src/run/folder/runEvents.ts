// What a run's event file says, read from its beginning to its end.
import { createReadStream } from 'node:fs';
import { RunError } from '../../errors.js';
import { EventReader, isEvent } from '../../events/ndjson.js';
import type { MillraceEvent, RunEvent } from '../../events/schema.js';
import { systemCode, systemReason } from '../../files/systemError.js';
import { otherEncoding } from '../../text/decodeText.js';

/**
 * The events in a file, in order; damaged lines and a torn end are left out.
 * @throws RunError `RUN_NOT_FOUND` where the file cannot be read
 */
export async function* readEvents(path: string): AsyncGenerator<MillraceEvent, void> {
  const reader = new EventReader();
  let hasBegun = false;
  try {
    for await (const piece of createReadStream(path)) {
      const otherwise = hasBegun ? undefined : otherEncoding(piece);
      if (otherwise !== undefined) throw noRunIn(path, `this is not an event file but ${otherwise}`);
      hasBegun = true;
      yield* reader.push(piece).filter(isEvent);
    }
  } catch (cause) {
    const reason = systemReason(cause);
    if (reason === undefined) throw cause;
    throw new RunError({
      code: 'RUN_NOT_FOUND',
      path,
      problem: systemCode(cause) === 'ENOENT' ? 'there is no run' : `this run cannot be read (${reason})`,
      advice: 'Name a run folder, an event file, an id or a name; millrace runs list shows the runs kept here.',
      cause,
    });
  }
  yield* reader.flush().filter(isEvent);
}

/**
 * What a run last said of itself: at its beginning, or where it was resumed.
 * @throws RunError `RUN_NOT_FOUND` where the file cannot be read, or there is no run in it
 */
export async function lastRunEvent(path: string): Promise<RunEvent> {
  let last: RunEvent | undefined;
  for await (const event of readEvents(path)) if (event.type === 'run') last = event;
  if (last !== undefined) return last;
  throw noRunIn(path);
}

/** A file that holds something else. */
export function noRunIn(path: string, problem = 'there is no event of a run in it'): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem,
    advice: 'Name a run folder, or a file that millrace train --events has written.',
  });
}
