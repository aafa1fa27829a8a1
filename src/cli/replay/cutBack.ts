import { isEvent, parseEvent } from '../../streams/ndjson.js';
import type { Position } from './position.js';
import type { Recording } from './recording.js';
import { lastSnapshot, type Snapshots } from './snapshots.js';

const LOOK_BACK_BYTES = 64 * 1024;

/**
 * Where to read on in a file that was cut: the last place before the cut whose line still stands there, for a resumed run
 * cuts its file back and goes on, while another one may begin in the same file.
 */
export async function placeBeforeCut(recording: Recording, snapshots: Snapshots, bytes: number): Promise<Position> {
  const candidates = snapshots.positions.filter(({ offset }) => offset <= bytes).reverse();
  for (const position of candidates) if (await stillStands(recording, position)) return position;
  return lastSnapshot(snapshots, ({ offset }) => offset === 0);
}

async function stillStands(recording: Recording, { offset, elapsedMs, state }: Position): Promise<boolean> {
  if (offset === 0) return true;
  const from = Math.max(0, offset - LOOK_BACK_BYTES);
  const text = Buffer.from(await recording.read(from, offset - from)).toString('utf8');
  const [line, after] = text.split('\n').slice(-2);
  const event = after === '' ? parseEvent(line ?? '') : undefined;
  if (event === undefined || !isEvent(event)) return false;
  return event.elapsedMs === elapsedMs && event.step === state.step && event.run === state.run?.run;
}
