import { OptionError, SinkError } from '../../../../errors.js';
import type { Command } from '../../../../events/commands/command.js';
import { EventLog } from '../../../../events/node/eventLog.js';
import { type OptionNames, requireKnownOptions } from '../../../../options.js';
import { natsAddress } from '../../../node/nats/natsAddress.js';
import { loadNats } from '../../../node/nats/natsClient.js';
import type { Sink } from '../../sink.js';
import { openSpool } from '../spool.js';
import { NatsPublisher } from './natsPublisher.js';

export interface NatsSinkOptions {
  /** The run's own event file, which is sent; what is written to the sink is then only what that file gets anyway. @default a temporary one */
  readonly file?: string;
  /** Takes the commands that arrive at `SUBJECT.commands.RUN`, such as a queue of `createCommandQueue`. @default none are taken */
  readonly commands?: { send(command: Command): void };
  /** Is told in sentences when the broker is gone, and when it is back. @default nobody is */
  readonly onNotice?: (sentence: string) => void;
  /** Milliseconds that `close` waits for the broker. @default 10000 */
  readonly timeoutMs?: number;
}

const OPTIONS: OptionNames<NatsSinkOptions> = { file: true, commands: true, onNotice: true, timeoutMs: true };

/** A broker has so long at the end to take what it has missed. */
export const NATS_END_MS = 10_000;

/**
 * Events of a run to a NATS broker that keeps streams (JetStream): to the subject `SUBJECT.events.RUN` in the stream SUBJECT, each with
 * the id `RUN:SEQ`, so that nothing is there twice. They are sent from a file: a broker that is slow, or gone for a day, never makes
 * the run wait, and gets what it has missed when it is back. `docs/SINKS.md` has the subjects.
 *
 * @param url `nats://[USER:PASSWORD@]HOST[:PORT][/SUBJECT]`; the subject is `millrace` where none is named. Nothing need listen there yet
 * @throws OptionError; SinkError `SINK_UNAVAILABLE` where the client (`@nats-io/transport-node` and `@nats-io/jetstream`) is not installed.
 * Closing fails with `SINK_STALLED` where the broker has not taken everything in time
 *
 * @example
 * const sink = await natsSink('nats://127.0.0.1:9/mine', { timeoutMs: 1 });
 * await lastValueFrom(run({ limit: 20, epochs: 1, output: false }, { sinks: [sink] }));
 * console.log(await sink.close().catch(({ code }) => code)); // SINK_STALLED
 */
export async function natsSink(url: string, options: NatsSinkOptions = {}): Promise<Sink> {
  requireKnownOptions(options, OPTIONS);
  const { file, commands, onNotice = () => undefined, timeoutMs = NATS_END_MS } = options;
  if (!(timeoutMs >= 0 && timeoutMs < 2 ** 31))
    throw new OptionError('timeoutMs', timeoutMs, 'milliseconds, 0 or more');
  const address = natsAddress(url);
  const modules = await loadNats();
  const spool = file === undefined ? await openSpool() : undefined;
  const log = await EventLog.open(file ?? spool!.path);
  const publisher = new NatsPublisher({
    address,
    modules,
    log: Promise.resolve(log),
    onNotice,
    command(command) {
      if (commands === undefined) return 'nobody takes commands here';
      commands.send(command);
      return undefined;
    },
  });
  const close = async (): Promise<void> => {
    await spool?.sink.close();
    const undelivered = await publisher.finish(timeoutMs);
    await publisher.close();
    await log.close();
    await spool?.remove();
    if (undelivered > 0) throw undeliveredError(address.shown, undelivered, file);
  };
  let closing: Promise<void> | undefined;
  return {
    write: (lines, count) => spool?.sink.write(lines, count),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** What a broker lacks in the end. @param file where it is all the same */
export function undeliveredError(address: string, count: number, file: string | undefined): SinkError {
  return new SinkError({
    code: 'SINK_STALLED',
    path: address,
    problem: `${count} ${count === 1 ? 'event was' : 'events were'} not delivered in time`,
    advice:
      file === undefined
        ? 'They are lost; keep the run in a folder to be able to send them later.'
        : `They are in ${file}: millrace watch with --nats sends what is missing.`,
  });
}
