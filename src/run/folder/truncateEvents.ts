// Where the events of a checkpoint end in the event file, and cutting it back to there.
import { type FileHandle, open } from 'node:fs/promises';
import type { RunState } from '../../model/checkpointState.js';
import { type Line, LineReader } from '../../text/lineReader.js';

/** The part of an event file that a checkpoint keeps. */
export interface EventCut {
  /** From the beginning of the file. */
  readonly bytes: number;
  /** The file ends with the end of the run. */
  readonly ended: boolean;
}

const CHUNK_BYTES = 256 * 1024;

/** Looks for the last event before a checkpoint; `undefined` where it is not in the file, or another one has its number. */
export async function findCut(path: string, { seq, last }: RunState['events']): Promise<EventCut | undefined> {
  const file = await open(path, 'r');
  try {
    let bytes = seq === 0 ? 0 : undefined;
    let newest = '';
    const mark = `"seq":${seq - 1},`;
    for await (const { text: line = '', end } of wholeLines(file)) {
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

function isEvent(line: string, seq: number, last: RunState['events']['last']): boolean {
  const event = parsed(line);
  return event.seq === seq && (last === undefined || (event.time === last.time && event.elapsedMs === last.elapsedMs));
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Lines with their line feeds; what follows the last one is torn. */
async function* wholeLines(file: FileHandle): AsyncGenerator<Line, void> {
  const lines = new LineReader();
  const chunk = new Uint8Array(CHUNK_BYTES);
  while (true) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, lines.offset);
    if (bytesRead === 0) return;
    yield* lines.push(chunk.subarray(0, bytesRead));
  }
}
