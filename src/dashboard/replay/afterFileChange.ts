// Where to read on when a file that is followed was cut or replaced, and what to say of it.

import { EventError } from '../../errors.js';
import type { FileChange } from '../../events/fileChange.js';
import { isEvent, parseEvent } from '../../events/ndjson.js';
import { LineReader } from '../../text/lineReader.js';
import { formatCount } from '../format.js';
import type { RecordedBytes, Recording } from './recording.js';
import { beginning, type Position } from './replayState.js';
import { cutSnapshots, lastSnapshot, type Snapshots, snapshotsFrom } from './snapshots.js';

export interface AfterChange {
  /** To read on from the last of them. @default those before, for there is nothing to read again */
  readonly snapshots?: Snapshots;
  readonly notice: string;
}

/** @param newest the end of what has been read */
export async function afterChange(
  change: FileChange,
  recording: Recording,
  snapshots: Snapshots,
  newest: Position,
): Promise<AfterChange> {
  if (change.kind === 'gone')
    return { notice: 'the file is missing, deleted or renamed; what was read stays, and a new one is waited for' };
  if (change.kind === 'replaced')
    return {
      // What comes next may be the rest of the same run: the state stays until a `run` event says otherwise.
      snapshots: snapshotsFrom({ ...newest, offset: 0 }),
      notice: 'another file has taken the place of this one; continuing with the new one',
    };
  if (change.kind === 'rewritten' || !('read' in recording))
    return {
      snapshots: snapshotsFrom(beginning),
      notice: 'the file was written anew; reading it from the start again',
    };
  const { offset } = await placeBeforeCut(recording, snapshots, change.bytes);
  const goingOn = offset === 0 ? 'reading it from the start again' : 'what comes before stays';
  return {
    snapshots: cutSnapshots(snapshots, offset),
    notice: `the file was cut to ${formatCount(change.bytes)} bytes; ${goingOn}`,
  };
}

const LOOK_BACK_BYTES = 64 * 1024;

/**
 * The last place before the cut whose line still stands there: a resumed run cuts its file back and goes on, while
 * another one may begin in the same file.
 */
async function placeBeforeCut(recording: RecordedBytes, snapshots: Snapshots, bytes: number): Promise<Position> {
  const candidates = snapshots.positions.filter(({ offset }) => offset <= bytes).reverse();
  for (const position of candidates) if (await stillStands(recording, position)) return position;
  return lastSnapshot(snapshots, ({ offset }) => offset === 0);
}

async function stillStands(recording: RecordedBytes, { offset, elapsedMs, state }: Position): Promise<boolean> {
  if (offset === 0) return true;
  const from = Math.max(0, offset - LOOK_BACK_BYTES);
  const lines = new LineReader({ offset: from });
  const line = lines.push(await recording.read(from, offset - from)).at(-1);
  const event = lines.restBytes === 0 ? parseEvent(line?.text ?? '') : undefined;
  if (event === undefined || event instanceof EventError) return false;
  // An event of another vocabulary says of its place as much as it likes.
  if (isEvent(event) && event.step !== state.step) return false;
  return (event.elapsedMs ?? elapsedMs) === elapsedMs && event.run === (state.run?.run ?? event.run);
}
