import { setTimeout as sleep } from 'node:timers/promises';
import type { JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { RunError } from '../../../errors.js';
import { type EventId, parseEventId } from '../../node/nats/eventId.js';
import type { NatsAddress } from '../../node/nats/natsAddress.js';
import { connectNats, loadNats, type NatsClient, natsProblem } from '../../node/nats/natsClient.js';
import { allEvents, eventsOf, streamName } from '../../node/nats/natsSubjects.js';

/** An event as a broker has it. */
export interface NatsLine {
  /** Without its line feed. */
  readonly line: Uint8Array;
  /** It takes the place of an earlier one of this number and of all that follow that: the run was resumed before it. */
  readonly replaces: number | undefined;
  /** The broker has no newer one for now. */
  readonly isNewest: boolean;
}

const AGAIN_MS = 250;
/** A run that is just beginning has its first event by then. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 100;

/**
 * The events of a run that a broker keeps, from the first one on, then what comes; each once, also where the broker was away meanwhile.
 * @param address of one run, or of those of which the newest is meant
 * @param signal ends it
 * @throws RunError `RUN_NOT_FOUND` where there is no broker or no run; SinkError `SINK_UNAVAILABLE`
 */
export async function* natsLines(address: NatsAddress, signal: AbortSignal): AsyncGenerator<NatsLine, void> {
  const modules = await loadNats();
  let subject: string | undefined;
  let last: EventId | undefined;
  let parts: Uint8Array[] = [];
  while (!signal.aborted) {
    const client = await connectNats(modules, address).catch((error: unknown) => {
      if (subject === undefined) throw noRun(address, natsProblem(error), error);
      return undefined;
    });
    try {
      if (client !== undefined) {
        subject ??= await subjectOf(client.manager, address, signal);
        for await (const message of messagesOf(client, address, subject, signal)) {
          const id = parseEventId(message.headers?.get('Nats-Msg-Id'));
          if (id === undefined || isKnown(id, last)) continue;
          parts = id.part === 1 ? [message.data] : [...parts, message.data];
          // The rest of one whose sender was interrupted: it comes again, from its first part on.
          if (parts.length !== id.part) parts = [];
          if (id.part < id.parts || parts.length === 0) continue;
          const replaces = last !== undefined && id.begun > last.begun ? id.seq : undefined;
          last = id;
          yield { line: Buffer.concat(parts), replaces, isNewest: message.info.pending === 0 };
        }
      }
    } catch (error) {
      if (subject === undefined) throw error;
    } finally {
      await client?.connection.close().catch(() => undefined);
    }
    await pause(AGAIN_MS, signal);
  }
}

function isKnown(id: EventId, last: EventId | undefined): boolean {
  if (last === undefined || id.begun > last.begun) return false;
  return id.begun < last.begun || id.seq <= last.seq;
}

/**
 * One that is just beginning is waited for.
 * @throws RunError
 */
async function subjectOf(manager: JetStreamManager, address: NatsAddress, signal: AbortSignal): Promise<string> {
  const stream = streamName(address.subject);
  const filter = address.run === undefined ? allEvents(address.subject) : eventsOf(address.subject, address.run);
  const start = performance.now();
  while (!signal.aborted) {
    const info = await manager.streams.info(stream, { subjects_filter: filter }).catch(() => undefined);
    // Ids begin with the time.
    const newest = Object.keys(info?.state.subjects ?? {})
      .sort()
      .at(-1);
    if (newest !== undefined) return newest;
    if (performance.now() - start >= PATIENCE_MS) break;
    await pause(LOOK_AGAIN_MS, signal);
  }
  throw noRun(address, 'no run is told there');
}

async function* messagesOf(
  { connection, jetstream }: NatsClient,
  { subject }: NatsAddress,
  filter: string,
  signal: AbortSignal,
): AsyncGenerator<JsMsg, void> {
  const consumer = await jetstream.consumers.get(streamName(subject), { filter_subjects: filter });
  const messages = await consumer.consume();
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  void connection.closed().then(stop);
  if (signal.aborted) stop();
  try {
    yield* messages;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function noRun({ shown }: NatsAddress, problem: string, cause?: unknown): RunError {
  return new RunError({
    code: 'RUN_NOT_FOUND',
    path: shown,
    problem,
    advice: 'Check the address; millrace train --nats tells a run there.',
    cause,
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
