import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { EventLog } from '../../../src/events/node/eventLog.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const lineOf = (seq: number, padding = 0): string =>
  `{"type":"loss","run":"a","seq":${seq},"padding":"${'x'.repeat(padding)}"}\n`;
const linesOf = (from: number, to: number, padding = 0): string =>
  Array.from({ length: to - from }, (_, index) => lineOf(from + index, padding)).join('');
const wait = { timeout: 10_000, interval: 2 };
const never = new AbortController().signal;

const open: EventLog[] = [];
afterEach(() => Promise.all(open.splice(0).map((log) => log.close())));
async function opened(name: string, text: string): Promise<{ log: EventLog; path: string }> {
  const path = join(folder, name);
  writeFileSync(path, text);
  const log = await EventLog.open(path);
  open.push(log);
  await log.ready;
  return { log, path };
}

test('finds each event by its number, whatever is between them', async () => {
  const text = `nonsense\n\n${linesOf(0, 300, 700)}${lineOf(300, 200_000)}${linesOf(301, 400, 10)}`;
  const { log } = await opened('find.ndjson', text);
  for (const seq of [0, 1, 99, 298, 299, 300, 301, 399]) {
    const block = Buffer.from(await log.read(await log.find(seq))).toString();
    expect(block.slice(0, 40)).toContain(`"seq":${seq},`);
  }
  expect(await log.find(400)).toBe(Buffer.byteLength(text));
  expect(log.newest).toBe(399);
});

test('gives a reader whole lines only, and what is appended later', async () => {
  const { log, path } = await opened('growing.ndjson', linesOf(0, 3));
  const reader = log.reader();
  expect(Buffer.from((await reader.next())!).toString()).toBe(linesOf(0, 3));
  expect(await reader.next()).toBeUndefined();
  appendFileSync(path, lineOf(3).slice(0, 20));
  appendFileSync(path, lineOf(3).slice(20));
  while (log.newest !== 3) await log.changed(never);
  expect(Buffer.from((await reader.next())!).toString()).toBe(lineOf(3));
});

test('sends readers back where the file is cut, and to the beginning where it is another one', async () => {
  const { log, path } = await opened('cut.ndjson', linesOf(0, 500, 300));
  const reader = log.reader(await log.find(450));
  await reader.next();
  truncateSync(path, linesOf(0, 200, 300).length + 5);
  await vi.waitFor(() => expect(log.newest).toBe(199), wait);
  truncateSync(path, linesOf(0, 200, 300).length);
  appendFileSync(path, lineOf(200));
  await vi.waitFor(() => expect(log.newest).toBe(200), wait);
  expect(Buffer.from((await reader.next())!).toString()).toBe(lineOf(200));
  expect(reader.jumps).toBeGreaterThan(0);
  writeFileSync(`${path}.new`, lineOf(0));
  renameSync(`${path}.new`, path);
  await vi.waitFor(() => expect(log.newest).toBe(0), wait);
  expect(Buffer.from((await reader.next())!).toString()).toBe(lineOf(0));
});

test('knows the last line of each type, and of each figure that is measured', async () => {
  const figure = (name: string, value: number): string =>
    `{"type":"metric","run":"a","seq":${value},"name":"${name}","value":${value}}\n`;
  const end = '{"type":"end","run":"a","seq":9}\n';
  const { log } = await opened(
    'types.ndjson',
    `${linesOf(0, 3)}${figure('kl', 3)}${figure('psnr', 4)}${figure('kl', 5)}${end}`,
  );
  expect((await log.lastLines(['metric', 'loss'])).sort()).toEqual(
    [figure('kl', 5), figure('psnr', 4), lineOf(2)].sort(),
  );
  expect(log.counts).toEqual(new Map(Object.entries({ loss: 3, metric: 3, end: 1 })));
  expect(log.isOver).toBe(true);
});

test('is finished when it has been read to its end after it was told so', async () => {
  const { log, path } = await opened('finished.ndjson', lineOf(0));
  appendFileSync(path, lineOf(1));
  log.finish();
  while (!log.isFinished) await log.changed(never);
  expect(log.newest).toBe(1);
});
