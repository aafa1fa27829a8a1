import type { Command } from '../../events/commands/command.js';
import { EventLog } from '../../events/node/eventLog.js';
import { natsAddress } from '../../streams/node/nats/natsAddress.js';
import { loadNats } from '../../streams/node/nats/natsClient.js';
import { NatsPublisher } from '../../streams/sinks/node/nats/natsPublisher.js';
import { NATS_END_MS, undeliveredError } from '../../streams/sinks/node/nats/natsSink.js';
import { type EventServer, openEventServer } from '../../streams/sinks/node/serve/eventServer.js';
import { isLoopback, listenAddress } from '../../streams/sinks/node/serve/listenAddress.js';
import { requestGuard } from '../../streams/sinks/node/serve/requestGuard.js';
import { HEARTBEAT_MS, MOST_CONNECTIONS } from '../../streams/sinks/node/serve/serveEvents.js';
import { createToken, tokenCheck } from '../../streams/sinks/node/serve/token.js';
import { openSpool } from '../../streams/sinks/node/spool.js';
import type { Sink } from '../../streams/sinks/sink.js';
import type { PublishFlags } from './publishFlags.js';

export interface PublishingOptions {
  /** The run keeps no event file: its lines are wanted for a temporary one. */
  readonly spooled: boolean;
  /** Takes commands, or says why none is taken. @default nobody takes any */
  readonly command?: (command: Command) => string | undefined;
  /** A sentence that a person is to see. */
  onNotice(sentence: string): void;
}

/** The events of one run, for those who ask over HTTP and for a broker. They read the run's file: the run never waits for them. */
export interface Publishing {
  /** Where to find it, and how to steer: for the person who has started it. */
  readonly greeting: readonly string[];
  /** The same in one line. */
  readonly summary: string;
  /** Someone reads the events: it has to know where they are. */
  readonly isReading: boolean;
  /** Goes on after the end of the run, until it is ended. */
  readonly isServing: boolean;
  /** Where the events are to be written that no file keeps. */
  readonly spool: Sink | undefined;
  /** The event file of the run is there. */
  found(path: string): void;
  /** Nothing more is written: waits until the broker has what it lacks. @param withinMs at most. @default 10000 */
  finish(withinMs?: number): Promise<void>;
  /** What the broker has not taken, as a sentence. */
  shortcoming(): string | undefined;
  /** Ends it, when the clients have what there is. */
  close(): Promise<void>;
}

/** Opens what the flags name. @throws MillraceError where a port or a client for a broker cannot be had */
export async function openPublishing(flags: PublishFlags, options: PublishingOptions): Promise<Publishing> {
  const log = new LateLog();
  const { command = () => 'nobody takes commands here' } = options;
  const isPublishing = flags.serve !== undefined || flags.nats !== undefined;
  const modules = flags.nats === undefined ? undefined : await loadNats();
  const spool = isPublishing && options.spooled ? await openSpool() : undefined;
  const token = createToken();
  const server = await openServer(flags, log, token, command).catch(async (error: unknown) => {
    await spool?.remove();
    throw error;
  });
  if (spool !== undefined) log.found(spool.path);
  const address = flags.nats === undefined ? undefined : natsAddress(flags.nats);
  const publisher =
    modules && address && new NatsPublisher({ address, modules, log: log.opened, command, onNotice: options.onNotice });
  return {
    greeting: server === undefined ? [] : greetingOf(server, flags.serve!, options.command && token),
    summary:
      server === undefined ? '' : `Serving ${server.url}${options.command ? ` · token for commands: ${token}` : ''}`,
    isReading: isPublishing,
    isServing: server !== undefined,
    spool: spool?.sink,
    found: (path) => isPublishing && log.found(path),
    async finish(withinMs = NATS_END_MS) {
      if (log.path !== undefined) await publisher?.finish(withinMs);
    },
    shortcoming() {
      const undelivered = publisher?.undelivered ?? 0;
      if (undelivered === 0) return undefined;
      return undeliveredError(address!.shown, undelivered, spool === undefined ? log.path : undefined).message;
    },
    async close() {
      log.giveUp();
      await publisher?.close();
      await server?.close();
      await log.present?.close();
      await spool?.remove();
    },
  };
}

/** The log of a file that is not there at the beginning. */
class LateLog {
  readonly opened: Promise<EventLog>;
  path: string | undefined;
  present: EventLog | undefined;
  #resolve!: (log: EventLog) => void;
  #reject!: (error: unknown) => void;

  constructor() {
    this.opened = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.opened.catch(() => undefined);
  }

  found(path: string): void {
    if (this.path !== undefined) return;
    this.path = path;
    void EventLog.open(path).then((log) => {
      this.present = log;
      this.#resolve(log);
    }, this.#reject);
  }

  /** Those who wait for it need wait no more. */
  giveUp(): void {
    this.#reject(new Error('there is no run'));
  }
}

async function openServer(
  { serve, serveOrigin = [] }: PublishFlags,
  log: LateLog,
  token: string,
  command: (command: Command) => string | undefined,
): Promise<EventServer | undefined> {
  if (serve === undefined) return undefined;
  const address = listenAddress(serve);
  return openEventServer({
    address,
    guard: requestGuard(address, serveOrigin),
    mostConnections: MOST_CONNECTIONS,
    served: {
      log: log.opened,
      present: () => log.present,
      isToken: tokenCheck(token),
      heartbeatMs: HEARTBEAT_MS,
      command: (given) => (log.present?.isOver ? 'the run is over' : command(given)),
    },
  });
}

function greetingOf({ url }: EventServer, serve: string, token: string | undefined): string[] {
  const { host } = listenAddress(serve);
  const paths = ['/events', '/events.ndjson', '/metrics', '/healthz'];
  return [
    `Serving ${url} ${paths.join(' ')}`,
    ...(token === undefined ? [] : [`Commands: POST ${url}/commands with Authorization: Bearer ${token}`]),
    ...(isLoopback(host) ? [] : ['Whoever reaches this machine can read the run there; nothing is encrypted.']),
  ];
}
