// NATS's own client, loaded only where a broker is named: an optional dependency.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { SinkError } from '../../../errors.js';
import type { NatsAddress } from './natsAddress.js';

/** A connection to a broker that keeps streams. */
export interface NatsClient {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
}

export interface NatsModules {
  readonly transport: typeof import('@nats-io/transport-node');
  readonly jetstream: typeof import('@nats-io/jetstream');
}

const CONNECT_MS = 5000;
/** A broker that does not answer is noticed after twice this. */
const PING_MS = 5000;

/** @throws SinkError `SINK_UNAVAILABLE` where the client is not installed */
export async function loadNats(): Promise<NatsModules> {
  try {
    const [transport, jetstream] = await Promise.all([import('@nats-io/transport-node'), import('@nats-io/jetstream')]);
    return { transport, jetstream };
  } catch (cause) {
    throw new SinkError({
      code: 'SINK_UNAVAILABLE',
      problem: 'the client for NATS is not installed',
      advice: 'npm install @nats-io/transport-node@3.3 @nats-io/jetstream@3.3',
      cause,
    });
  }
}

/**
 * Connects once: it is the caller who tries again, and knows where to go on from then.
 * @throws what the client says
 */
export async function connectNats(modules: NatsModules, address: NatsAddress): Promise<NatsClient> {
  const { host, port, tls, user, password, token } = address;
  await requireAnswer(address);
  const connection = await modules.transport.connect({
    servers: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    name: 'millrace',
    reconnect: false,
    timeout: CONNECT_MS,
    pingInterval: PING_MS,
    maxPingOut: 2,
    ...(tls && { tls: {} }),
    ...(user !== undefined && { user, pass: password! }),
    ...(token !== undefined && { token }),
  });
  try {
    const manager = await modules.jetstream.jetstreamManager(connection, { timeout: CONNECT_MS });
    return { connection, jetstream: modules.jetstream.jetstream(connection, { timeout: CONNECT_MS }), manager };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * A broker speaks first. One that is stopped, or no broker, accepts connections and says nothing: the client gives up, but leaves its
 * socket open, and with it the process alive.
 */
async function requireAnswer({ host, port }: NatsAddress): Promise<void> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  try {
    await once(socket, 'data', { signal: AbortSignal.timeout(CONNECT_MS) });
  } catch (error) {
    throw (error as Error).name === 'AbortError' ? new Error('it does not answer') : error;
  } finally {
    socket.destroy();
  }
}

/** What is wrong with a broker, as a phrase. */
export function natsProblem(error: unknown): string {
  const { code, message, name } = (error ?? {}) as { code?: unknown; message?: unknown; name?: unknown };
  if (name === 'JetStreamNotEnabled') return 'it keeps no streams (start it with -js)';
  const text = String(message ?? error);
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
  return text === '' ? String(name) : text;
}
