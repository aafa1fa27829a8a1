// Where the events of a checkpoint end in the event file, and cutting it back to there.
import { type FileHandle, open } from 'node:fs/promises';
import type { RunState } from '../../model/checkpointState.js';

/** The part of an event file that a checkpoint keeps. */
export interface EventCut {
  /** From the beginning of the file. */
  readonly bytes: number;
  /** The file ends with the end of the run. */
  readonly ended: boolean;
}

const LINE_FEED = 10;
const CHUNK_BYTES = 256 * 1024;
/** Longest line that is looked at: samples of ten large images take a few hundred thousand bytes. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** Looks for the last event before a checkpoint; `undefined` where it is not in the file, or another one has its number. */
export async function findCut(path: string, { seq, last }: RunState['events']): Promise<EventCut | undefined> {
  const file = await open(path, 'r');
  try {
    let bytes = seq === 0 ? 0 : undefined;
    let newest: Buffer = Buffer.alloc(0);
    const mark = `"seq":${seq - 1},`;
    for await (const { line, end } of wholeLines(file)) {
      newest = line;
      if (bytes === undefined && line.includes(mark) && isEvent(line, seq - 1, last)) bytes = end;
    }
    return bytes === undefined ? undefined : { bytes, ended: parsed(newest).type === 'end' };
  } finally {
    await file.close();
  }
}

/** Cuts an event file back. What stays is on the disk before anything is cut off, and the cut before anything follows. */
export async function cutBack(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isEvent(line: Buffer, seq: number, last: RunState['events']['last']): boolean {
  const event = parsed(line);
  return event.seq === seq && (last === undefined || (event.time === last.time && event.elapsedMs === last.elapsedMs));
}

function parsed(line: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line.toString('utf8'))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Lines with their line feeds; what follows the last one is torn. Of a line that is too long only the end is told. */
async function* wholeLines(file: FileHandle): AsyncGenerator<{ readonly line: Buffer; readonly end: number }, void> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest: Buffer = Buffer.alloc(0);
  for (let offset = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, offset);
    if (bytesRead === 0) return;
    const piece = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let from = 0;
    const start = offset - rest.length;
    for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
      yield { line: piece.subarray(from, to), end: start + to + 1 };
      from = to + 1;
    }
    rest = piece.subarray(from);
    offset += bytesRead;
    if (rest.length > LONGEST_LINE_BYTES) rest = Buffer.alloc(0);
  }
}
