import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** Answers one request; `from` is where its Range begins, 0 without one. */
export type Answer = (response: ServerResponse, from: number, request: IncomingMessage) => void;

export interface Mirror {
  /** Ends in a slash. */
  readonly url: string;
  /** The Range header of every request so far, or nothing. */
  readonly ranges: (string | undefined)[];
}

/** A real HTTP server on this machine; the answers are used in turn, the last one for all further requests. */
export async function mirror(...answers: [Answer, ...Answer[]]): Promise<Mirror> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(ranges.length, answers.length - 1)]!;
    ranges.push(request.headers.range);
    answer(response, Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0), request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ranges };
}

/** As a good server does: the rest of the file from where it is asked for. */
export const serves =
  (file: Uint8Array): Answer =>
  (response, from) => {
    if (from > 0 && from >= file.length) return void response.writeHead(416).end();
    const range = { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': file.length - from, ...(from > 0 ? range : {}) });
    response.end(file.subarray(from));
  };

/** Gives so many bytes more and cuts the connection. */
export const cutsAfter =
  (bytes: number, file: Uint8Array): Answer =>
  (response, from) => {
    const range = { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': file.length - from, ...(from > 0 ? range : {}) });
    response.write(file.subarray(from, from + bytes), () => setTimeout(() => response.destroy(), 200));
  };

/** The whole file, whatever is asked for. */
export const ignoresRange =
  (file: Uint8Array): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': file.length }).end(file);
  };

/** Some bytes, and then nothing forever. */
export const stallsAfter =
  (bytes: number, file: Uint8Array): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, bytes));
  };

export const refuses =
  (status: number): Answer =>
  (response) => {
    response.writeHead(status).end('no');
  };

/** Accepts the connection and says nothing. */
export const silent: Answer = () => undefined;

/** A byte every 50 ms, forever: never silent, and never done. */
export const trickles: Answer = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 50);
  response.on('close', () => clearInterval(timer));
};

/** Sends every request on to the same address. */
export const redirectsForEver: Answer = (response, _, request) => {
  response.writeHead(302, { location: request.url ?? '/' }).end();
};
