import { type FileHandle, open } from 'node:fs/promises';
import { fileRecording } from '../../dashboard/replay/node/fileRecording.js';
import type { Recording } from '../../dashboard/replay/recording.js';
import { EventPlaces } from '../../events/node/eventPlaces.js';
import type { NatsAddress } from '../../streams/node/nats/natsAddress.js';
import { spoolPlace } from '../../streams/sinks/node/spool.js';
import { natsLines } from '../../streams/sources/node/natsLines.js';

const LINE_FEED = Uint8Array.of(10);
const CHUNK_BYTES = 256 * 1024;

/** A run that a broker tells, by way of a temporary file. */
export interface NatsRecording {
  readonly path: string;
  readonly file: string;
  readonly recording: Recording;
}

/**
 * @param follow whether what is told later belongs to it; otherwise what the broker has is read first
 * @throws RunError `RUN_NOT_FOUND` where there is no such broker or no such run; SinkError
 */
export async function natsRecording(address: NatsAddress, follow: boolean): Promise<NatsRecording> {
  const spool = await spoolPlace();
  const closing = new AbortController();
  const file = await open(spool.path, 'a+');
  const release = async (): Promise<void> => {
    closing.abort();
    await copying;
    await file.close();
    await spool.remove();
  };
  let begin!: () => void;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let failure: unknown;
  const copying = copy(address, file, closing.signal, (isNewest) => {
    if (follow || isNewest) begin();
  }).catch((error: unknown) => {
    failure = error;
    begin();
  });
  await begun;
  if (failure !== undefined) {
    await release();
    throw failure;
  }
  const recording = await fileRecording(spool.path, follow);
  const close = async (): Promise<void> => {
    await recording.close();
    await release();
  };
  return { path: address.shown, file: spool.path, recording: { ...recording, close } };
}

async function copy(
  address: NatsAddress,
  file: FileHandle,
  signal: AbortSignal,
  onWritten: (isNewest: boolean) => void,
): Promise<void> {
  for await (const { line, replaces, isNewest } of natsLines(address, signal)) {
    if (replaces !== undefined) await file.truncate(await placeOf(file, replaces));
    await file.appendFile(Buffer.concat([line, LINE_FEED]));
    onWritten(isNewest);
  }
}

/** Where the first event of at least this number begins. */
async function placeOf(file: FileHandle, seq: number): Promise<number> {
  const places = new EventPlaces();
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, places.offset);
    if (bytesRead === 0) return places.offset;
    const found = places.push(buffer.subarray(0, bytesRead)).find(({ head }) => (head?.seq ?? -1) >= seq);
    if (found !== undefined) return found.start;
  }
}
