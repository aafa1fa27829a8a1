import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../../../../src/events/commands/command.js';
import { encodeEvent } from '../../../../../src/events/ndjson.js';
import {
  type ServedEvents,
  type ServeEventsOptions,
  serveEvents,
} from '../../../../../src/streams/sinks/node/serve/serveEvents.js';
import { recordedRun } from '../../../../fixtures/events.js';
import { type SseClient, sseClient } from '../../../../fixtures/sseClient.js';
import { temporaryFolder } from '../../../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const lines = [...recordedRun({ epochs: 2 })].map(encodeEvent);
const wait = { timeout: 10_000, interval: 5 };

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
async function serve(options: ServeEventsOptions = {}): Promise<ServedEvents> {
  const server = await serveEvents(options);
  open.push(server);
  return server;
}
async function listenTo(server: ServedEvents, headers = {}): Promise<SseClient> {
  const client = await sseClient(server.url, headers);
  open.push(client);
  return client;
}
/** An event file with the first events of the run. */
function eventFile(count: number): string {
  const path = join(mkdtempSync(join(folder, 'run-')), 'events.ndjson');
  writeFileSync(path, lines.slice(0, count).join(''));
  return path;
}
const received = (client: SseClient, count: number): Promise<void> =>
  vi.waitFor(() => expect(client.messages().length).toBeGreaterThanOrEqual(count), wait);
/** Places in the run of the lines that came; -1 for one that is not as it was written. */
const placesOf = (text: string): number[] => text.split(/(?<=\n)/).map((line) => lines.indexOf(line));
const dataOf = (client: SseClient): number[] => client.messages().map(({ data }) => lines.indexOf(`${data}\n`));
const places = (from: number, to: number = lines.length): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

/** What fetch does not let one say: any Host, any Origin. */
async function ask(url: string, path: string, { method = 'GET', body = '', ...headers }: Record<string, string> = {}) {
  const sent = httpRequest(`${url}${path}`, { method, headers, agent: false });
  const answered = new Promise<{ status: number; headers: Record<string, unknown>; text: string }>(
    (resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', (response) => {
        const { statusCode: status = 0, headers } = response;
        void textOf(response).then((text) => resolve({ status, headers, text }), reject);
      });
    },
  );
  sent.end(body);
  return answered;
}

describe('/events', () => {
  test('has the past first, then what is written, without a gap and nothing twice', async () => {
    const server = await serve();
    await server.write(lines.slice(0, 100).join(''), 100);
    const [early, later] = [await listenTo(server), await listenTo(server)];
    await received(early, 60);
    for (const line of lines.slice(100)) await server.write(line, 1);
    await Promise.all([received(early, lines.length), received(later, lines.length)]);
    for (const client of [early, later]) {
      expect(dataOf(client)).toEqual(places(0));
      expect(client.messages().map(({ id }) => Number(id))).toEqual(lines.map((_, seq) => seq));
    }
  });

  test('goes on after Last-Event-ID, and begins anew where that is of another run', async () => {
    const server = await serve({ file: eventFile(lines.length) });
    const goingOn = await listenTo(server, { 'last-event-id': '149' });
    const lying = await listenTo(server, { 'last-event-id': '99999' });
    const senseless = await listenTo(server, { 'last-event-id': '-1; drop' });
    await received(goingOn, lines.length - 150);
    expect(dataOf(goingOn)).toEqual(places(150));
    for (const client of [lying, senseless]) {
      await received(client, lines.length);
      expect(dataOf(client)).toEqual(places(0));
    }
  });

  test('goes back with the file where a resume has cut it', async () => {
    const path = eventFile(lines.length);
    const server = await serve({ file: path });
    const client = await listenTo(server);
    await received(client, lines.length);
    truncateSync(path, Buffer.byteLength(lines.slice(0, 120).join('')));
    await vi.waitFor(
      async () => expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({ newest: 119 }),
      wait,
    );
    appendFileSync(path, lines.slice(120, 140).join(''));
    await received(client, lines.length + 20);
    expect(dataOf(client)).toEqual([...places(0), ...places(120, 140)]);
  });

  test('costs a client that does not read no more than what is under way', async () => {
    const server = await serve();
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    open.push({ close: () => socket.destroy() });
    socket.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    const reading = await listenTo(server);
    const large = encodeEvent({ ...JSON.parse(lines[1]!), padding: 'x'.repeat(200_000) });
    for (let written = 0; written < 15; written++) await server.write(large, 1);
    for (const line of lines.slice(0, 50)) await server.write(line, 1);
    await received(reading, 65);
    expect(dataOf(reading).slice(15)).toEqual(places(0, 50));
    let bytes = 0;
    socket.on('data', (piece) => {
      bytes += piece.length;
    });
    socket.resume();
    await vi.waitFor(() => expect(bytes).toBeGreaterThan(15 * 200_000), wait);
  });

  test('says that it lives, and ends with the server', async () => {
    const server = await serveEvents();
    const client = await listenTo(server);
    await server.write(lines.join(''), lines.length);
    await server.close();
    expect(dataOf(client)).toEqual(places(0));
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

describe('/events.ndjson', () => {
  test('has the bytes of the file, from an event on', async () => {
    const server = await serve({ file: eventFile(200) });
    const get = async (query: string): Promise<number[]> =>
      placesOf(await (await fetch(`${server.url}/events.ndjson${query}`)).text());
    expect(await get('')).toEqual(places(0, 200));
    expect(await get('?from=77')).toEqual(places(77, 200));
    expect(await get('?from=200')).toEqual([-1]);
    expect(await ask(server.url, '/events.ndjson?from=x')).toMatchObject({ status: 400 });
    expect(await ask(server.url, '/events.ndjson?form=1')).toMatchObject({ status: 400 });
  });

  test('follows to the end of the run', async () => {
    const server = await serve();
    await server.write(lines.slice(0, 9).join(''), 9);
    const following = fetch(`${server.url}/events.ndjson?follow&from=5`).then((response) => response.text());
    await server.write(lines.slice(9).join(''), lines.length - 9);
    expect(placesOf(await following)).toEqual(places(5));
  });
});

test('/metrics has the newest numbers of the run', async () => {
  const path = eventFile(lines.length);
  const figure = {
    ...JSON.parse(lines[5]!),
    type: 'metric',
    loss: undefined,
    name: 'ps"nr',
    value: 'NaN',
    split: 'test',
  };
  writeFileSync(path, `${lines.slice(0, -1).join('')}${JSON.stringify(figure)}\n${lines.at(-1)}`);
  const server = await serve({ file: path });
  await vi.waitFor(async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const [end] = [...recordedRun({ epochs: 2 })].slice(-1);
    const epoch = [...recordedRun({ epochs: 2 })].findLast(({ type }) => type === 'epoch') as { testLoss?: number };
    expect(text).toContain(`\nmillrace_step ${end!.step}\n`);
    expect(text).toContain('# TYPE millrace_loss gauge\n');
    expect(text).toContain(`\nmillrace_test_loss ${epoch.testLoss}\n`);
    expect(text).toContain('\nmillrace_running 0\n');
    expect(text).toContain('\nmillrace_end{status="completed"} 1\n');
    expect(text).toContain('\nmillrace_events_total{type="loss"} 200\n');
    expect(text).toContain('\nmillrace_metric{name="ps\\"nr",split="test",unit=""} NaN\n');
  }, wait);
});

describe('/commands', () => {
  test('takes a command of the vocabulary with the token, as sent by a program', async () => {
    const sent: Command[] = [];
    const server = await serve({ commands: { send: (command) => sent.push(command) } });
    await server.write(lines[0]!, 1);
    const post = (body: string, authorization = `Bearer ${server.token}`, type = 'application/json') =>
      ask(server.url, '/commands', { method: 'POST', body, authorization, 'content-type': type });
    expect(await post('{"action":"pause"}')).toMatchObject({ status: 202 });
    expect(
      await post('{"type":"command","run":"x","action":"learningRate","value":0.5,"from":"keyboard"}'),
    ).toMatchObject({ status: 202 });
    expect(sent).toEqual([
      { action: 'pause', from: 'api' },
      { action: 'learningRate', value: 0.5, from: 'api' },
    ]);
    expect(await post('{"action":"paus"}')).toMatchObject({
      status: 400,
      text: expect.stringContaining('did you mean pause?'),
    });
    expect(await post('[')).toMatchObject({ status: 400 });
    expect(await post('{"action":"pause"}', 'Bearer x')).toMatchObject({ status: 401 });
    expect(await post('{"action":"pause"}', '')).toMatchObject({ status: 401 });
    expect(await post('{"action":"pause"}', undefined, 'text/plain')).toMatchObject({ status: 415 });
    expect(await post(`{"action":"pause"${' '.repeat(4096)}}`)).toMatchObject({ status: 413 });
    expect(await ask(server.url, '/commands')).toMatchObject({ status: 405 });
    expect(sent).toHaveLength(2);
    await server.write(lines.slice(1).join(''), 1);
    await vi.waitFor(async () => expect(await post('{"action":"stop"}')).toMatchObject({ status: 409 }), wait);
  });
});

describe('who may ask', () => {
  test('is a client that knows this machine by its address, from no other page', async () => {
    const server = await serve();
    const { host } = new URL(server.url);
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await ask(server.url, '/healthz', headers)).status;
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ host: 'localhost:1' })).toBe(200);
    expect(await statusOf({ host: '[::1]:80' })).toBe(200);
    expect(await statusOf({ host: 'evil.example' })).toBe(421);
    expect(await statusOf({ host: 'localhost.evil.example' })).toBe(421);
    expect(await statusOf({ origin: `http://${host}` })).toBe(200);
    expect(await statusOf({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusOf({ origin: 'null' })).toBe(403);
    expect(await statusOf({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await statusOf({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
  });

  test('is a page of another origin where it is named, also before it sends a command', async () => {
    const server = await serve({ origins: ['https://example.org'] });
    const origin = 'https://example.org';
    const read = await ask(server.url, '/healthz', { origin });
    expect(read.headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    const asked = await ask(server.url, '/commands', { method: 'OPTIONS', origin });
    expect(asked.headers).toMatchObject({
      'access-control-allow-methods': 'POST',
      'access-control-allow-origin': origin,
    });
    expect((await ask(server.url, '/healthz', { origin: 'https://example.com' })).status).toBe(403);
  });

  test('is told with a status where there are too many, or too much', async () => {
    const server = await serve({ connections: 2 });
    await listenTo(server);
    const second = await listenTo(server);
    expect(await ask(server.url, '/healthz')).toMatchObject({ status: 503 });
    second.close();
    await vi.waitFor(async () => expect((await ask(server.url, '/healthz')).status).toBe(200), wait);
    expect((await ask(server.url, '/healthz', { padding: 'x'.repeat(9000) })).status).toBe(431);
    expect((await ask(server.url, '/nothing')).status).toBe(404);
  });
});

test('a temporary file is removed, and a port that is taken is one sentence', async () => {
  const spools = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('millrace-events-'));
  const before = spools();
  const server = await serve();
  const added = spools().filter((name) => !before.includes(name));
  expect(added).toHaveLength(1);
  const port = new URL(server.url).port;
  await expect(serveEvents({ at: port })).rejects.toMatchObject({
    code: 'SINK_ADDRESS',
    message: `127.0.0.1:${port}: another program has this port. Choose another one, or 0 for any that is free.`,
  });
  await server.close();
  expect(existsSync(join(tmpdir(), added[0]!))).toBe(false);
  expect(readFileSync(eventFile(1), 'utf8')).toBe(lines[0]);
});
