import { EventFile } from '../../../events/node/eventFile.js';
import type { RecordedBytes } from '../recording.js';
import { requireText } from '../requireText.js';

/**
 * @param follow whether what is appended later belongs to it
 * @throws RunError `RUN_NOT_FOUND` where there is no such file, or none of text
 */
export async function fileRecording(path: string, follow: boolean): Promise<RecordedBytes> {
  const file = await EventFile.open(path);
  try {
    requireText(path, await file.read(0));
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
