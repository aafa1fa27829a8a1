import { setTimeout as sleep } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Command } from '../../../../events/commands/command.js';
import { parseCommand } from '../../../../events/commands/parseCommand.js';
import type { EventLog } from '../../../../events/node/eventLog.js';
import { type EventId, parseEventId } from '../../../node/nats/eventId.js';
import type { NatsAddress } from '../../../node/nats/natsAddress.js';
import { connectNats, type NatsClient, type NatsModules, natsProblem } from '../../../node/nats/natsClient.js';
import { allEvents, commandsOf, eventsOf, streamName } from '../../../node/nats/natsSubjects.js';
import { publishLog } from './publishLog.js';
import { nextAfter, runBeginnings } from './runBeginnings.js';

export interface NatsPublisherOptions {
  readonly address: NatsAddress;
  readonly modules: NatsModules;
  /** Resolves when there is a run to tell of; where it rejects, there is none. */
  readonly log: Promise<EventLog>;
  /** Takes commands, or says why none is taken. */
  command(command: Command): string | undefined;
  /** A sentence for people: the broker is gone, is back. */
  onNotice(sentence: string): void;
}

/** Between two attempts to reach a broker, at first and at most. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
const LONGEST_COMMAND = 4096;

/**
 * Sends a run's events from its file to a broker, for as long as it takes. A broker that is gone is asked again and again; the file
 * keeps what it misses, and the broker itself says what it had last. The run never waits.
 */
export class NatsPublisher {
  readonly #options: NatsPublisherOptions;
  readonly #closing = new AbortController();
  readonly #working: Promise<void>;
  #log: EventLog | undefined;
  #delivered = -1;
  /** From here on the broker may lack one in the midst of what it has. */
  #unsure: number | undefined;
  #isFinishing = false;
  #isDone = false;
  #said = '';

  constructor(options: NatsPublisherOptions) {
    this.#options = options;
    this.#working = this.#work();
  }

  /** Events that the broker has not said to have. */
  get undelivered(): number {
    return this.#isDone ? 0 : Math.max(0, (this.#log?.newest ?? -1) - this.#delivered);
  }

  /** Nothing more is written: sends what there is, for so long at most. @returns how many events the broker has not got */
  async finish(withinMs: number): Promise<number> {
    const log = await this.#options.log.catch(() => undefined);
    await log?.settled();
    this.#isFinishing = true;
    log?.wake();
    if (this.#said !== '')
      this.#say(
        `${this.#options.address.shown} has ${withinMs / 1000} s to take the ${this.undelivered} events that it lacks.`,
      );
    const late = new AbortController();
    await Promise.race([this.#working, sleep(withinMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    return this.undelivered;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    const { log, address } = this.#options;
    const { signal } = this.#closing;
    const closed = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    this.#log = await Promise.race([log.catch(() => undefined), closed]);
    let wait = FIRST_WAIT_MS;
    while (this.#log !== undefined && !signal.aborted && !this.#isDone) {
      try {
        await this.#session(this.#log);
        wait = FIRST_WAIT_MS;
      } catch (error) {
        this.#say(
          `${address.shown} cannot be reached (${natsProblem(error)}); the run goes on, and what is missed is sent later.`,
        );
        await sleep(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
    }
  }

  /** From one connection to its end. */
  async #session(log: EventLog): Promise<void> {
    const { address, modules } = this.#options;
    const known = await this.#beginning(log);
    if (known === undefined) return;
    const client = await connectNats(modules, address);
    const over = new AbortController();
    const end = (): void => over.abort();
    this.#closing.signal.addEventListener('abort', end, { once: true });
    void client.connection.closed().then(end);
    try {
      const { run, beginnings } = known;
      const stream = streamName(address.subject);
      const subject = eventsOf(address.subject, run);
      await ensureStream(client.manager, stream, address.subject);
      void this.#listen(client.connection, commandsOf(address.subject, run));
      const from = Math.min(
        nextAfter(await lastStored(client.manager, stream, subject), beginnings),
        this.#unsure ?? Number.POSITIVE_INFINITY,
      );
      this.#unsure = undefined;
      this.#delivered = from - 1;
      if (this.#said !== '') this.#say(`${address.shown} is there; events go there from number ${from} on.`);
      this.#said = '';
      this.#isDone = await publishLog({
        log,
        jetstream: client.jetstream,
        run,
        subject,
        beginnings,
        from,
        mostBytes: client.connection.info?.max_payload ?? 1024 * 1024,
        signal: over.signal,
        isFinishing: () => this.#isFinishing,
        onDelivered: (seq) => {
          this.#delivered = seq;
        },
      });
      if (!this.#isDone && client.connection.isClosed() && !this.#closing.signal.aborted) throw await lossOf(client);
    } catch (error) {
      // A broker that lives and has not taken one may have taken later ones; what comes twice it knows by its id.
      if (!client.connection.isClosed()) this.#unsure = this.#delivered + 1;
      throw error;
    } finally {
      this.#closing.signal.removeEventListener('abort', end);
      await client.connection.close().catch(() => undefined);
    }
  }

  /** Waits for the first event. */
  async #beginning(log: EventLog): Promise<Awaited<ReturnType<typeof runBeginnings>>> {
    await log.ready;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const isFinished = this.#isFinishing;
      const known = await runBeginnings(log);
      if (known !== undefined) return known;
      this.#isDone = isFinished;
      if (isFinished) return undefined;
      await log.changed(signal);
    }
    return undefined;
  }

  async #listen(connection: NatsConnection, subject: string): Promise<void> {
    for await (const message of connection.subscribe(subject)) {
      const problem = this.#take(message.data);
      if (message.reply) message.respond(JSON.stringify(problem === undefined ? { sent: true } : { problem }));
    }
  }

  #take(data: Uint8Array): string | undefined {
    if (data.length > LONGEST_COMMAND) return `a command has at most ${LONGEST_COMMAND} bytes`;
    const command = parseCommand(Buffer.from(data).toString('utf8'));
    if (!('action' in command)) return `this is no command, ${command.reason}`;
    return this.#options.command({ ...command, from: 'api' });
  }

  #say(sentence: string): void {
    if (sentence !== this.#said) this.#options.onNotice(sentence);
    this.#said = sentence;
  }
}

async function lossOf({ connection }: NatsClient): Promise<Error> {
  return (await connection.closed()) ?? new Error('the connection was lost');
}

async function ensureStream(manager: JetStreamManager, name: string, subject: string): Promise<void> {
  const isThere = await manager.streams.info(name).then(
    () => true,
    () => false,
  );
  if (!isThere) await manager.streams.add({ name, subjects: [allEvents(subject)], description: 'Events of Millrace' });
}

/** The newest event of a run that a stream has. */
async function lastStored(manager: JetStreamManager, stream: string, subject: string): Promise<EventId | undefined> {
  const message = await manager.streams.getMessage(stream, { last_by_subj: subject });
  return parseEventId(message?.header.get('Nats-Msg-Id'));
}
