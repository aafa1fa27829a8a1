import type { Command } from 'commander';
import { OptionError } from '../../errors.js';
import { natsAddress } from '../../streams/node/nats/natsAddress.js';
import { listenAddress } from '../../streams/sinks/node/serve/listenAddress.js';

/** Who else gets the events of a run while it is there to be asked: the same for one that is trained and for one that is watched. */
export interface PublishFlags {
  /** [HOST:]PORT */
  readonly serve?: string;
  /** Origins of pages of other servers. */
  readonly serveOrigin?: readonly string[];
  /** Address of a broker. */
  readonly nats?: string;
}

export const PUBLISH_FLAGS = ['serve', 'serveOrigin', 'nats'] as const satisfies readonly (keyof PublishFlags)[];

/** Adds them. */
export function addPublishFlags(command: Command): Command {
  return command
    .option('--serve <[host:]port>', 'serve the events over HTTP: SSE, NDJSON, Prometheus, commands (docs/SINKS.md)')
    .option('--serve-origin <url>', 'with --serve: a page of this origin may read it; may be repeated', collect)
    .option('--nats <url[/subject]>', 'send the events to a NATS broker (JetStream), and take commands from there');
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** @throws OptionError where one of them cannot be meant */
export function publishFlagsOf({ serve, serveOrigin, nats }: PublishFlags): PublishFlags {
  if (serve !== undefined) listenAddress(serve);
  else if (serveOrigin !== undefined)
    throw new OptionError(
      'serveOrigin',
      serveOrigin.join(' '),
      '--serve beside it',
      'It says who may read what is served.',
    );
  if (nats !== undefined) natsAddress(nats);
  return {
    ...(serve !== undefined && { serve }),
    ...(serveOrigin !== undefined && { serveOrigin }),
    ...(nats !== undefined && { nats }),
  };
}

/** As the `run` event shows them: without passwords. */
export function recordedFlags({ nats, ...flags }: PublishFlags): Readonly<Record<string, unknown>> {
  return { ...flags, ...(nats !== undefined && { nats: natsAddress(nats).shown }) };
}
