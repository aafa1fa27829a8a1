// What the server answers: one function a path.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Command } from '../../../../events/commands/command.js';
import { parseCommand } from '../../../../events/commands/parseCommand.js';
import type { EventLog } from '../../../../events/node/eventLog.js';
import { PROMETHEUS_TYPE, prometheusText } from './prometheusText.js';
import { runMetrics } from './runMetrics.js';
import { sendLog } from './sendLog.js';
import { EventFramer, HEARTBEAT } from './serverSentEvents.js';
import type { TokenCheck } from './token.js';

/** What the answers tell of. */
export interface Served {
  /** Resolves when there is a run to tell of. */
  readonly log: Promise<EventLog>;
  /** The log, where it is there already. */
  present(): EventLog | undefined;
  clients(): number;
  readonly isToken: TokenCheck;
  /** Takes commands, or says why none is taken. */
  command(command: Command): string | undefined;
  readonly heartbeatMs: number;
}

/** One request that may be answered. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
}

const LONGEST_COMMAND = 4096;

/** What a reconnecting client, or a proxy on the way, has to do with a stream of events. */
const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/** A text with its status. */
export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

/** Server-sent events: all of the past, or what follows `Last-Event-ID`, then what comes. */
export async function answerEvents(served: Served, { request, response, gone }: Exchange): Promise<void> {
  const after = wholeNumber(request.headers['last-event-id']);
  response.writeHead(200, STREAM_HEADERS);
  if (request.method === 'HEAD') return void response.end();
  response.write('retry: 1000\n\n');
  const log = await served.log;
  if (after !== undefined) await log.ready;
  // Beyond the newest it is the number of another run.
  const isKnown = after !== undefined && after <= (log.newest ?? -1);
  const framer = new EventFramer();
  const reader = log.reader(isKnown ? await log.find(after + 1) : 0);
  try {
    await sendLog(response, log, reader, gone, {
      follow: true,
      encode: (block) => framer.push(block),
      restart: () => framer.restart(),
      heartbeat: { text: HEARTBEAT, everyMs: served.heartbeatMs },
    });
    response.end();
  } finally {
    reader.close();
  }
}

/** The lines of the file from `?from=seq`: those that there are, or with `?follow` up to the end of the run. */
export async function answerLines(served: Served, { request, response, url, gone }: Exchange): Promise<void> {
  const given = url.searchParams.get('from');
  const from = wholeNumber(given ?? '0');
  const stranger = [...url.searchParams.keys()].find((key) => key !== 'from' && key !== 'follow');
  if (from === undefined) return answer(response, 400, `from is the number (seq) of an event, 0 or more.\n`);
  if (stranger !== undefined) return answer(response, 400, 'There is ?from=SEQ, and ?follow.\n');
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  if (request.method === 'HEAD') return void response.end();
  response.flushHeaders();
  const log = await served.log;
  await log.ready;
  const follow = url.searchParams.has('follow');
  while (follow && (log.newest ?? -1) < from && !log.isOver && !log.isFinished && !gone.aborted)
    await log.changed(gone);
  const reader = log.reader(from === 0 ? 0 : await log.find(from));
  try {
    await sendLog(response, log, reader, gone, {
      follow,
      endsWithRun: true,
      encode: (block) => block,
      restart: () => '\n',
    });
    response.end();
  } finally {
    reader.close();
  }
}

/** What Prometheus scrapes. */
export async function answerMetrics(served: Served, { response }: Exchange): Promise<void> {
  answer(response, 200, prometheusText(await runMetrics(served.present(), served.clients())), PROMETHEUS_TYPE);
}

/** Whether the server lives, and how far it is. */
export async function answerHealth(served: Served, { response }: Exchange): Promise<void> {
  const log = served.present();
  const status = log === undefined ? 'waiting' : log.isOver ? 'over' : 'running';
  answer(response, 200, `${JSON.stringify({ status, newest: log?.newest ?? null })}\n`, 'application/json');
}

/** Takes one command, as JSON, from who has the token. */
export async function answerCommand(served: Served, { request, response }: Exchange): Promise<void> {
  const complain = (status: number, problem: string): void =>
    answer(response, status, `${JSON.stringify({ problem })}\n`, 'application/json');
  if (!served.isToken(request.headers.authorization)) {
    response.setHeader('www-authenticate', 'Bearer');
    return complain(401, 'a command takes the token that was printed: Authorization: Bearer TOKEN');
  }
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return complain(415, 'a command is JSON: Content-Type: application/json');
  const body = await bodyOf(request);
  if (body === undefined) response.setHeader('connection', 'close');
  if (body === undefined) return complain(413, `a command has at most ${LONGEST_COMMAND} bytes`);
  const command = parseCommand(body);
  if (!('action' in command)) return complain(400, `this is no command, ${command.reason}`);
  // Whoever it says it is from, it came this way.
  const problem = served.command({ ...command, from: 'api' });
  if (problem !== undefined) return complain(409, problem);
  answer(response, 202, '{"sent":true}\n', 'application/json');
}

/** `undefined` where it is too long: the rest of it is not read. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_COMMAND) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    bytes += (piece as Buffer).length;
    if (bytes > LONGEST_COMMAND) return undefined;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function wholeNumber(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
