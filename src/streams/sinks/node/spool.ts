import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SinkError } from '../../../errors.js';
import { systemReason } from '../../../files/systemError.js';
import type { Sink } from '../sink.js';
import { fileSink } from './fileSink.js';

/** A place for a temporary event file, for those who read events where no run folder keeps them. */
export interface SpoolPlace {
  readonly path: string;
  /** Removes the file; it is also removed when the process ends before. */
  remove(): Promise<void>;
}

/** Such a file, with what writes it. */
export interface Spool extends SpoolPlace {
  readonly sink: Sink;
}

/** @throws SinkError `SINK_UNWRITABLE` */
export async function openSpool(): Promise<Spool> {
  const place = await spoolPlace();
  return { ...place, sink: await fileSink(place.path) };
}

/** @throws SinkError `SINK_UNWRITABLE` */
export async function spoolPlace(): Promise<SpoolPlace> {
  const parent = tmpdir();
  const folder = await mkdtemp(join(parent, 'millrace-events-')).catch((cause: unknown) => {
    throw new SinkError({
      code: 'SINK_UNWRITABLE',
      path: parent,
      problem: `there is no room here for events that no run folder keeps (${systemReason(cause) ?? String(cause)})`,
      advice: 'Set TMPDIR to another folder, or keep the run.',
      cause,
    });
  });
  const removeAtExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  return {
    path: join(folder, 'events.ndjson'),
    async remove() {
      process.off('exit', removeAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
