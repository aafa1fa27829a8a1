import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { EventLog, LogReader } from '../../../../events/node/eventLog.js';

export interface SendOptions {
  /** Goes on with what is written later; it ends when the log is finished, or as `endsWithRun` says. */
  readonly follow: boolean;
  /** Ends after the `end` of a run. */
  readonly endsWithRun?: boolean;
  /** Makes of a block what is sent. */
  encode(block: Uint8Array): string | Uint8Array;
  /** The reader was sent back: what is sent first. */
  restart?(): string;
  /** What is sent when nothing else has been for a while, and how long that is. */
  readonly heartbeat?: { readonly text: string; readonly everyMs: number };
}

/**
 * Sends a log from where the reader is. One block is under way at a time: while the client takes nothing, nothing is read for it.
 * @param gone aborts when the client is gone
 */
export async function sendLog(
  response: ServerResponse,
  log: EventLog,
  reader: LogReader,
  gone: AbortSignal,
  { follow, endsWithRun = false, encode, restart, heartbeat }: SendOptions,
): Promise<void> {
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    if (chunk.length > 0 && !response.write(chunk)) await once(response, 'drain', { signal: gone });
  };
  let jumps = 0;
  while (!gone.aborted) {
    // Before it is read: what has come meanwhile is read in the next turn.
    const isLast = log.isFinished || !follow || (endsWithRun && log.isOver);
    const isOver = isLast && reader.atEnd;
    const block = await reader.next();
    if (reader.jumps !== jumps) await write(restart?.() ?? '');
    jumps = reader.jumps;
    if (block !== undefined) await write(encode(block));
    else if (isOver) return;
    else if (!isLast && !(await log.changed(gone, heartbeat?.everyMs))) await write(heartbeat?.text ?? '');
  }
}
