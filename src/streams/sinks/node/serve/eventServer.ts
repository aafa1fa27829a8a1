import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SinkError } from '../../../../errors.js';
import { systemReason } from '../../../../files/systemError.js';
import {
  answer,
  answerCommand,
  answerEvents,
  answerHealth,
  answerLines,
  answerMetrics,
  type Exchange,
  type Served,
} from './answers.js';
import { Connections } from './connections.js';
import type { ListenAddress } from './listenAddress.js';
import type { RequestGuard } from './requestGuard.js';

/** A server that listens. */
export interface EventServer {
  /** e.g. `http://127.0.0.1:8080`, with the port that was chosen. */
  readonly url: string;
  /** Ends when the clients have what there is, or after two seconds. */
  close(): Promise<void>;
}

export interface EventServerOptions {
  readonly address: ListenAddress;
  readonly guard: RequestGuard;
  readonly served: Omit<Served, 'clients'>;
  readonly mostConnections: number;
}

/** More than these are not even answered. */
const UNANSWERED = 32;
const LAST_WORDS_MS = 2000;

/** A client has so long for its request, however slowly it writes it, and so much room. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 8192,
};
const MOST_HEADERS = 64;

interface Route {
  readonly method: 'GET' | 'POST';
  readonly answer: (served: Served, exchange: Exchange) => Promise<void>;
}

const ROUTES: Readonly<Record<string, Route>> = {
  '/events': { method: 'GET', answer: answerEvents },
  '/events.ndjson': { method: 'GET', answer: answerLines },
  '/metrics': { method: 'GET', answer: answerMetrics },
  '/healthz': { method: 'GET', answer: answerHealth },
  '/commands': { method: 'POST', answer: answerCommand },
};

/** @throws SinkError `SINK_ADDRESS` where it cannot listen */
export async function openEventServer({
  address,
  guard,
  served,
  mostConnections,
}: EventServerOptions): Promise<EventServer> {
  const connections = new Connections(mostConnections);
  const all: Served = { ...served, clients: () => connections.count };
  const answering = new Set<Promise<void>>();
  const server = createServer(LIMITS, (request, response) => {
    const answered = answerRequest(request, response, guard, connections, all).catch((error: unknown) => {
      // The client is gone, or what was to be read for it: there is nobody to tell.
      response.destroy(error instanceof Error ? error : undefined);
    });
    answering.add(answered);
    void answered.then(() => answering.delete(answered));
  });
  server.maxConnections = mostConnections + UNANSWERED;
  server.maxHeadersCount = MOST_HEADERS;
  server.on('connection', (socket) => connections.add(socket));
  await listen(server, address);
  return {
    url: urlOf(server.address() as AddressInfo, address),
    async close() {
      connections.close();
      const closed = once(server, 'close');
      server.close();
      await served.present()?.finish();
      const time = AbortSignal.timeout(LAST_WORDS_MS);
      await Promise.race([Promise.all(answering), once(time, 'abort')]);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  guard: RequestGuard,
  connections: Connections,
  served: Served,
): Promise<void> {
  response.on('error', () => undefined);
  response.setHeader('x-content-type-options', 'nosniff');
  if (!connections.hasRoom()) {
    response.setHeader('connection', 'close').setHeader('retry-after', '5');
    return answer(response, 503, 'There are as many connections as there may be; try again later.\n');
  }
  const refusal = guard.refusal(request);
  if (refusal !== undefined) return answer(response, refusal.status, `${refusal.problem}\n`);
  for (const [name, value] of Object.entries(guard.corsHeaders(request))) response.setHeader(name, value);
  const target = URL.canParse(request.url ?? '', 'http://localhost')
    ? new URL(request.url!, 'http://localhost')
    : undefined;
  const route = target && Object.hasOwn(ROUTES, target.pathname) ? ROUTES[target.pathname] : undefined;
  if (target === undefined || route === undefined)
    return answer(response, 404, `There is nothing here; there is ${Object.keys(ROUTES).join(', ')}.\n`);
  if (request.method === 'OPTIONS') return answerPreflight(response, route);
  if (request.method !== route.method && !(route.method === 'GET' && request.method === 'HEAD')) {
    response.setHeader('allow', route.method);
    return answer(response, 405, `This takes ${route.method}.\n`);
  }
  const left = new AbortController();
  response.on('close', () => left.abort());
  await route.answer(served, { request, response, url: target, gone: left.signal });
}

/** What a browser asks before it sends another origin's request. */
function answerPreflight(response: ServerResponse, { method }: Route): void {
  if (response.hasHeader('access-control-allow-origin'))
    response
      .setHeader('access-control-allow-methods', method)
      .setHeader('access-control-allow-headers', 'authorization, content-type, last-event-id');
  response.writeHead(204).end();
}

async function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw unlistenable(`${host}:${port}`, cause as NodeJS.ErrnoException);
  }
}

const PROBLEMS: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  EADDRINUSE: ['another program has this port', 'Choose another one, or 0 for any that is free.'],
  EACCES: ['this port takes rights that you do not have', 'Choose one above 1023, or 0 for any that is free.'],
  EADDRNOTAVAIL: ['this machine has no such address', 'Name one of its own, or 0.0.0.0 for all of them.'],
  ENOTFOUND: ['there is no such host', 'Name an address of this machine, or 0.0.0.0 for all of them.'],
};

function unlistenable(path: string, cause: NodeJS.ErrnoException): SinkError {
  const [problem, advice] = PROBLEMS[cause.code ?? ''] ?? [
    `nobody can be served here (${systemReason(cause) ?? cause.message})`,
    'Choose another address.',
  ];
  return new SinkError({ code: 'SINK_ADDRESS', path, problem, advice, cause });
}

/** As a person would write it, with an address that a browser on this machine reaches. */
function urlOf({ port, family }: AddressInfo, { host }: ListenAddress): string {
  const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const shown = everywhere[host] ?? host;
  return `http://${family === 'IPv6' && shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
