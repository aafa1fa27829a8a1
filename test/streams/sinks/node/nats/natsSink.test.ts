import { appendFileSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../../../../src/events/commands/command.js';
import { encodeEvent } from '../../../../../src/events/ndjson.js';
import { natsAddress } from '../../../../../src/streams/node/nats/natsAddress.js';
import { connectNats, loadNats } from '../../../../../src/streams/node/nats/natsClient.js';
import { natsSink } from '../../../../../src/streams/sinks/node/nats/natsSink.js';
import { natsLines } from '../../../../../src/streams/sources/node/natsLines.js';
import { recordedRun } from '../../../../fixtures/events.js';
import { freePort, hasNatsServer, type NatsServer, natsServer } from '../../../../fixtures/natsServer.js';
import { temporaryFolder } from '../../../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const events = [...recordedRun({ epochs: 2 })];
const lines = events.map(encodeEvent);

test('a broker that is not there keeps nobody waiting, and what it has not got is told', async () => {
  const said: string[] = [];
  const sink = await natsSink(`nats://127.0.0.1:${await freePort()}`, {
    timeoutMs: 20,
    onNotice: (text) => said.push(text),
  });
  await sink.write(lines.join(''), lines.length);
  const error = await sink.close().catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'SINK_STALLED',
    message: expect.stringContaining(`${lines.length} events were not delivered`),
  });
  expect(said[0]).toMatch(
    /^nats:\/\/127\.0\.0\.1:\d+\/millrace cannot be reached \(nothing listens there\); the run goes on/,
  );
});

describe.skipIf(!hasNatsServer)('a real broker', () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await natsServer(mkdtempSync(join(folder, 'nats-')));
  });
  afterAll(() => server?.kill());

  /** What someone reads there, from the first event to that of a number; -1 is a line that is not as it was written. */
  async function read(subject: string, upTo: number, written: readonly string[] = lines): Promise<number[]> {
    const reading = new AbortController();
    const places: number[] = [];
    for await (const { line } of natsLines(natsAddress(`${server.url}/${subject}`), reading.signal)) {
      places.push(written.indexOf(`${Buffer.from(line).toString()}\n`));
      if (places.at(-1) === upTo) break;
    }
    reading.abort();
    return places;
  }
  const places = (from: number, to: number = lines.length): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  test('has every event once and in order, though it was killed in the middle', async () => {
    const sink = await natsSink(`${server.url}/killed`);
    await sink.write(lines.slice(0, 60).join(''), 60);
    const reading = read('killed', lines.length - 1).catch(() => read('killed', lines.length - 1));
    for (const line of lines.slice(60, 100)) await sink.write(line, 1);
    await read('killed', 99);
    await server.kill();
    for (const line of lines.slice(100, 150)) await sink.write(line, 1);
    await server.restart();
    await sink.write(lines.slice(150).join(''), lines.length - 150);
    await sink.close();
    expect(await read('killed', lines.length - 1)).toEqual(places(0));
    expect(await reading).toEqual(places(0));
  });

  test('is told the rest by a later sender of the same run, and nothing twice', async () => {
    const file = join(folder, 'later.ndjson');
    writeFileSync(file, lines.slice(0, 80).join(''));
    await (await natsSink(`${server.url}/later`, { file })).close();
    appendFileSync(file, lines.slice(80).join(''));
    for (let time = 0; time < 2; time++) await (await natsSink(`${server.url}/later`, { file })).close();
    expect(await read('later', lines.length - 1)).toEqual(places(0));
  });

  test('is told what a resume has put in the place of the end, and readers which that is', async () => {
    const file = join(folder, 'resumed.ndjson');
    writeFileSync(file, lines.slice(0, 120).join(''));
    await (await natsSink(`${server.url}/resumed`, { file })).close();
    truncateSync(file, Buffer.byteLength(lines.slice(0, 100).join('')));
    const resumed = {
      ...events[0]!,
      seq: 100,
      time: '2026-11-23T13:00:00.000Z',
      resumedFrom: { step: 90, checkpoint: 'x' },
    };
    const again = [
      resumed,
      ...events.slice(101, 110).map((event) => ({ ...event, time: '2026-11-23T13:00:01.000Z' })),
    ].map((event) => encodeEvent(event as (typeof events)[number]));
    appendFileSync(file, again.join(''));
    await (await natsSink(`${server.url}/resumed`, { file })).close();
    const reading = new AbortController();
    const replaced: number[] = [];
    let count = 0;
    for await (const { replaces, isNewest } of natsLines(natsAddress(`${server.url}/resumed`), reading.signal)) {
      count += 1;
      if (replaces !== undefined) replaced.push(replaces);
      if (isNewest) break;
    }
    expect([count, replaced]).toEqual([130, [100]]);
  });

  test('takes an event that is larger than a message in parts', async () => {
    const large = [lines[0]!, encodeEvent({ ...events[1]!, padding: 'ä'.repeat(1_200_000) } as never), lines[2]!];
    const sink = await natsSink(`${server.url}/large`);
    await sink.write(large.join(''), 3);
    await sink.close();
    expect(await read('large', 2, large)).toEqual([0, 1, 2]);
  });

  test('brings commands, and says what became of them', async () => {
    const sent: Command[] = [];
    const sink = await natsSink(`${server.url}/steered`, { commands: { send: (command) => sent.push(command) } });
    await sink.write(lines[0]!, 1);
    await read('steered', 0);
    const client = await connectNats(await loadNats(), natsAddress(server.url));
    const ask = async (text: string): Promise<unknown> =>
      (await client.connection.request(`steered.commands.${events[0]!.run}`, text, { timeout: 5000 })).json();
    expect(await ask('{"action":"save"}')).toEqual({ sent: true });
    expect(await ask('{"action":"sav"}')).toEqual({ problem: expect.stringContaining('did you mean save?') });
    expect(sent).toEqual([{ action: 'save', from: 'api' }]);
    await client.connection.close();
    await sink.close();
  });
});
