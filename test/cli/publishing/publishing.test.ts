import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { encodeEvent } from '../../../src/events/ndjson.js';
import { recordedRun } from '../../fixtures/events.js';
import { hasNatsServer, natsServer } from '../../fixtures/natsServer.js';
import { sseClient } from '../../fixtures/sseClient.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { environment, eventsOf, millrace, start, tinyJob } from '../millrace.js';
import { type ProgramInside, programInside } from '../programInside.js';

const folder = temporaryFolder();
const job = ['train', ...tinyJob(folder), '--ui', 'none'];
const endless = [...job, '--epochs', '10000000', '--sample-every', '10000000', '--loss-every', '1000'];
const lines = [...recordedRun({ epochs: 1, stepsPerEpoch: 20 })].map(encodeEvent);
const wait = { timeout: 15_000, interval: 5 };

const inside = (...args: readonly string[]): ProgramInside => programInside(folder, args, environment(folder));
/** What it has printed of where it serves. */
async function greetingOf(text: () => string): Promise<{ readonly url: string; readonly token: string }> {
  return vi.waitFor(() => {
    const [, url] = /Serving (http:\S+)/.exec(text()) ?? [];
    if (url === undefined) throw new Error(`not serving: ${text()}`);
    return { url, token: /Bearer (\S+)/.exec(text())?.[1] ?? '' };
  }, wait);
}
function post(url: string, token: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${url}/commands`, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('train --serve', () => {
  test.each([
    ['that keeps itself', ['--output', 'kept']],
    ['that keeps nothing', ['--no-output']],
  ])('tells all of a run %s, and is steered with the token', async (_, output) => {
    const program = inside(...endless, ...output, '--serve', '0', '--close-at-end');
    const { url, token } = await greetingOf(() => program.stderr.text);
    const client = await sseClient(url);
    await vi.waitFor(() => expect(client.messages().length).toBeGreaterThan(1), wait);
    expect((await post(url, `${token}x`, { action: 'stop' })).status).toBe(401);
    expect((await post(url, token, { action: 'stop' })).status).toBe(202);
    expect(await program.finished).toBe(0);
    const events = client.messages().map(({ data }) => JSON.parse(data) as { seq: number; type: string });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place));
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'stopped' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'command', action: 'stop', from: 'api' }));
    expect(events[0]).toMatchObject({ config: { serve: '0' } });
    expect(JSON.stringify(events)).not.toContain(token);
    if (output[0] === '--output')
      expect(
        client
          .messages()
          .map(({ data }) => `${data}\n`)
          .join(''),
      ).toBe(readFileSync(join(folder, 'kept', 'events.ndjson'), 'utf8'));
  });

  test('tells what came before a resume, too', async () => {
    await millrace(folder, ...job, '--epochs', '1', '--output', 'resumed');
    const program = inside(
      'train',
      '--resume',
      'resumed',
      '--epochs',
      '3',
      '--ui',
      'none',
      '--serve',
      '0',
      '--close-at-end',
    );
    const { url } = await greetingOf(() => program.stderr.text);
    const text = await (await fetch(`${url}/events.ndjson?follow`)).text();
    await program.finished;
    expect(eventsOf(text).map(({ seq }) => seq)).toEqual(eventsOf(text).map((_, place) => place));
    expect(eventsOf(text).filter(({ type }) => type === 'run')).toHaveLength(2);
  });

  test('goes on after the end, until Ctrl-C', async () => {
    const { child, finished } = start(folder, ...job.slice(0, -2), '--epochs', '1', '--no-output', '--serve', '0');
    let text = '';
    child.stderr.on('data', (piece: string) => {
      text += piece;
    });
    await vi.waitFor(() => expect(text).toContain('Ctrl-C ends it'), wait);
    const { url } = await greetingOf(() => text);
    await vi.waitFor(
      async () => expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'over' }),
      wait,
    );
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ code: 0 });
  });
});

test('watch --serve tells what comes through a pipe', async () => {
  const program = inside('watch', '-', '--serve', '0', '--close-at-end');
  program.stdin.write(lines.slice(0, 10).join(''));
  const { url } = await greetingOf(() => program.stderr.text);
  const client = await sseClient(url);
  await vi.waitFor(() => expect(client.messages()).toHaveLength(10), wait);
  program.stdin.end(lines.slice(10).join(''));
  expect(await program.finished).toBe(0);
  expect(client.messages().map(({ data }) => `${data}\n`)).toEqual(lines);
  expect(program.stderr.text).not.toContain('Bearer');
});

describe.skipIf(!hasNatsServer)('--nats', () => {
  test('tells a broker of a run, and watch nats:// shows it from there', async () => {
    const server = await natsServer(mkdtempSync(join(folder, 'nats-')));
    const address = server.url.replace('//', '//any:secret@');
    const { code } = await millrace(folder, ...job, '--epochs', '2', '--output', 'sent', '--nats', `${address}/lab`);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'sent', 'events.ndjson'), 'utf8')).not.toContain('secret');
    const { stderr } = await millrace(folder, 'watch', `${server.url}/lab`);
    expect(stderr).toContain('completed after 20 steps');
    expect(await millrace(folder, 'watch', `${server.url}/elsewhere`, '--once')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('/elsewhere: no run is told there.'),
    });
    await server.kill();
  });
});

describe('what cannot be meant', () => {
  writeFileSync(join(folder, 'run.ndjson'), lines.join(''));
  test.each([
    [['train', '--serve', 'x'], 'millrace: --serve: expected PORT or HOST:PORT'],
    [['train', '--serve-origin', 'https://example.org'], 'millrace: --serve-origin: expected --serve beside it'],
    [['train', '--serve', '0', '--serve-origin', 'example.org'], 'expected the origin of a page'],
    [['train', '--nats', 'http://x'], 'millrace: --nats: expected nats://'],
    [['train', '--nats', 'nats://me:secret@/x'], 'millrace: --nats: expected nats://'],
    [['watch', 'run.ndjson', 'run.ndjson', '--serve', '0'], 'millrace: --serve: expected one run'],
    [['watch', '--list', '--serve', '0'], 'expected nothing but what belongs to --list'],
    [['watch', 'run.ndjson', '--close-at-end'], 'expected --serve beside it'],
  ])('%j is refused', async (args, sentence) => {
    const { code, stderr } = await millrace(folder, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('secret');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
