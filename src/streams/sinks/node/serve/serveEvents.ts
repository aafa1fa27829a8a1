import { OptionError } from '../../../../errors.js';
import type { Command } from '../../../../events/commands/command.js';
import { EventLog } from '../../../../events/node/eventLog.js';
import { type OptionNames, requireKnownOptions } from '../../../../options.js';
import type { Sink } from '../../sink.js';
import { openSpool } from '../spool.js';
import { type EventServer, openEventServer } from './eventServer.js';
import { listenAddress } from './listenAddress.js';
import { requestGuard } from './requestGuard.js';
import { createToken, tokenCheck } from './token.js';

export interface ServeEventsOptions {
  /** `[HOST:]PORT`: where to listen; without a host only this machine gets in, port 0 is any that is free. @default '0' */
  readonly at?: string;
  /** The run's own event file, which clients read; what is written to the sink is then only what that file gets anyway. @default a temporary one */
  readonly file?: string;
  /** Takes the commands that are posted with the token, such as a queue of `createCommandQueue`. @default none are taken */
  readonly commands?: { send(command: Command): void };
  /** Origins of pages of other servers that may read this one. @default none */
  readonly origins?: readonly string[];
  /** Clients at once; one more is answered with 503. @default 256 */
  readonly connections?: number;
}

/** A server of events; as a sink it takes those of a run. */
export interface ServedEvents extends Sink {
  /** e.g. `http://127.0.0.1:40031`. */
  readonly url: string;
  /** What `/commands` wants to see; another one each time. */
  readonly token: string;
}

const OPTIONS: OptionNames<ServeEventsOptions> = {
  at: true,
  file: true,
  commands: true,
  origins: true,
  connections: true,
};
export const MOST_CONNECTIONS = 256;
export const HEARTBEAT_MS = 15_000;

/**
 * Serves the events of a run over HTTP: `/events` (server-sent events), `/events.ndjson`, `/metrics` (Prometheus), `/healthz` and, with
 * the token, `/commands`. Clients get all of the past first, each at its own pace out of a file: a slow one costs 64 KiB and never
 * slows the run. `docs/SINKS.md` has what each path takes.
 *
 * The sink is a file's writer: `write` returns a promise while the disk takes no more. `close` waits up to two seconds for clients.
 *
 * @throws OptionError; SinkError `SINK_ADDRESS` where it cannot listen, `SINK_UNWRITABLE` where there is no room for a temporary file;
 * RunError `RUN_NOT_FOUND` where `file` cannot be opened
 *
 * @example
 * const server = await serveEvents();
 * await lastValueFrom(run({ limit: 20, epochs: 1, output: false }, { sinks: [server] }));
 * const lines = await (await fetch(`${server.url}/events.ndjson?follow`)).text();
 * console.log(JSON.parse(lines.trimEnd().split('\n').at(-1)).type); // end
 * await server.close();
 */
export async function serveEvents(options: ServeEventsOptions = {}): Promise<ServedEvents> {
  requireKnownOptions(options, OPTIONS);
  const { at = '0', file, commands, origins = [], connections = MOST_CONNECTIONS } = options;
  if (!Number.isSafeInteger(connections) || connections < 1)
    throw new OptionError('connections', connections, 'a whole number above 0');
  const address = listenAddress(at);
  const guard = requestGuard(address, origins);
  const token = createToken();
  const spool = file === undefined ? await openSpool() : undefined;
  let log: EventLog | undefined;
  let server: EventServer;
  try {
    const opened = await EventLog.open(file ?? spool!.path);
    log = opened;
    server = await openEventServer({
      address,
      guard,
      mostConnections: connections,
      served: {
        log: Promise.resolve(opened),
        present: () => opened,
        isToken: tokenCheck(token),
        heartbeatMs: HEARTBEAT_MS,
        command(command) {
          if (commands === undefined) return 'nobody takes commands here';
          if (opened.isOver) return 'the run is over';
          commands.send(command);
          return undefined;
        },
      },
    });
  } catch (error) {
    await log?.close();
    await spool?.remove();
    throw error;
  }
  const close = async (): Promise<void> => {
    await spool?.sink.close();
    await server.close();
    await log.close();
    await spool?.remove();
  };
  let closing: Promise<void> | undefined;
  return {
    url: server.url,
    token,
    write: (lines, count) => spool?.sink.write(lines, count),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
