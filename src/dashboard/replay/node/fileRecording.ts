import { RunError } from '../../../errors.js';
import { EventFile } from '../../../events/node/eventFile.js';
import { otherEncoding } from '../../../text/decodeText.js';
import type { Recording } from '../recording.js';

/**
 * @param follow whether what is appended later belongs to it
 * @throws RunError `RUN_NOT_FOUND` where there is no such file, or none of text
 */
export async function fileRecording(path: string, follow: boolean): Promise<Recording> {
  const file = await EventFile.open(path);
  try {
    const otherwise = otherEncoding(await file.read(0));
    if (otherwise !== undefined) throw notEvents(path, otherwise);
  } catch (error) {
    await file.close();
    throw error;
  }
  return {
    rereadable: true,
    closed: !follow,
    read: (offset, length) => file.read(offset, length),
    change: async (offset) => (follow ? file.change(offset) : undefined),
    close: () => file.close(),
  };
}

function notEvents(path: string, what: string): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path,
    problem: `this is not an event file but ${what}`,
    advice: 'Name a run folder or its events.ndjson; millrace watch --list shows the runs kept here.',
  });
}
